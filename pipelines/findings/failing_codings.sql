-- How often each failing coding was sent, by whom: what worst_codings and suggestions sum.
--
-- grain     coding, outcome, university_id, vendor_id, month
-- reads     items, messages (of the partitions at hand), verdicts, causes
select
    m.university_id,
    m.jalali_month,
    m.quarter,
    m.vendor_id,
    i.rule_id,
    i.coding_id,
    i.terminology_id,
    i.code,
    i.title,
    v.outcome,
    v.cause,
    c.responsible,
    v.suggested_code,
    count(*) as items,
    count(distinct i.message_id) as messages
from items as i
join messages as m on m.message_id = i.message_id
join verdicts as v on v.coding_id = i.coding_id
join causes as c on c.cause = v.cause
where v.outcome not in ('passed', 'error', 'not_applicable')
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
