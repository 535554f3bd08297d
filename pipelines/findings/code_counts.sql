-- Who sends which listed code, how often, from which day to which: what a new release of a list is held against.
--
-- grain     rule_id, code, reading, university_id, facility_id, vendor_id, month
-- reads     items, messages (of the partitions at hand), verdicts, listed_codings, rules
-- beware    whatever the outcome: a listed code under another terminology id counts too; items_passed are those that pass today
select
    m.university_id,
    m.jalali_month,
    m.quarter,
    m.facility_id,
    m.vendor_id,
    i.rule_id,
    r.terminology,
    l.code,
    i.reading,
    count(*) as items,
    count(*) filter (where v.outcome = 'passed') as items_passed,
    min(m.exchange_on) as first_on,
    max(m.exchange_on) as last_on
from items as i
join listed_codings as l on l.coding_id = i.coding_id
join messages as m on m.message_id = i.message_id
join verdicts as v on v.coding_id = i.coding_id
join rules as r on r.rule_id = i.rule_id
group by 1, 2, 3, 4, 5, 6, 7, 8, 9
