-- LOINC codes whose status in the list of the day is DISCOURAGED.
--
-- grain     message_id, item_no (of the items the check could look at)
-- reads     seen, check_rules, carried
-- beware    a list that calls no code ACTIVE does not say the status of its codes: not looked at
select s.message_id, s.item_no, s.rule_id, s.status = 'discouraged' as noted
from seen as s
join check_rules as k on k.rule_id = s.rule_id and k.note = 'discouraged_code'
join carried as c
    on c.terminology = s.terminology and c.what = 'status' and c.name = 'active'
    and s.exchange_on >= c.since and s.exchange_on < c.until
where s.outcome = 'passed'
