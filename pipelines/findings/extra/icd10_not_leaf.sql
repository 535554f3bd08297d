-- Diagnoses coded with three characters where the list of the day has a fourth.
--
-- grain     message_id, item_no (of the items the check could look at)
-- reads     seen, check_rules, codes (reference.codes)
-- beware    a list without any code of four characters cannot be asked; a category is one from the first day to the last of its codes
with categories as (
    select
        substring(code, 1, 3) as code,
        min(valid_from) as since,
        max(coalesce(valid_to, date '9999-12-31')) as until
    from codes
    where terminology = 'ICD10' and code like '___._%' and (valid_to is null or valid_to > valid_from)
    group by substring(code, 1, 3)
),
asked as (
    select min(since) as since, max(until) as until from categories
)
select s.message_id, s.item_no, s.rule_id, c.code is not null as noted
from seen as s
join check_rules as k on k.rule_id = s.rule_id and k.note = 'icd10_not_leaf'
join asked as a on s.exchange_on >= a.since and s.exchange_on < a.until
left join categories as c on c.code = s.code and s.exchange_on >= c.since and s.exchange_on < c.until
where s.outcome = 'passed'
