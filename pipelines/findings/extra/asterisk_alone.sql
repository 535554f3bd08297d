-- Asterisk codes of ICD-10 in a message all of whose diagnoses are asterisk codes.
--
-- grain     message_id, item_no (of the items the check could look at)
-- reads     seen, items, check_rules, carried
-- beware    any other diagnosis, also one that failed, may be the cause and takes the note away
with diagnoses as (
    select s.message_id, s.item_no, s.rule_id, s.status = 'asterisk' as asterisk
    from seen as s
    join check_rules as k on k.rule_id = s.rule_id and k.note = 'asterisk_alone'
    join carried as c
        on c.terminology = s.terminology and c.what = 'status' and c.name = 'asterisk'
        and s.exchange_on >= c.since and s.exchange_on < c.until
    where s.outcome = 'passed'
),
causes_named as (
    select i.message_id, count(*) as items
    from items as i
    join check_rules as k on k.rule_id = i.rule_id and k.note = 'asterisk_alone'
    left join diagnoses as d on d.message_id = i.message_id and d.item_no = i.item_no and d.asterisk
    where d.item_no is null and i.reading = 'literal'
    group by i.message_id
)
select d.message_id, d.item_no, d.rule_id, d.asterisk and n.items is null as noted
from diagnoses as d
left join causes_named as n on n.message_id = d.message_id
