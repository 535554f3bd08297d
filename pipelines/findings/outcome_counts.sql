-- The base that every mart sums: how many items had which outcome, in which cell. In every cell the outcomes add up to the items.
--
-- grain     rule_id, field, reading, university_id, facility_id, vendor_id, system_id, service, exchange_on, gate, outcome, cause
-- reads     items, messages (of the partitions at hand), verdicts, rules
-- beware    results in fixed forms have no TestName: they are counted here as not_applicable, though no coded item stands there
with judged as (
    select i.message_id, i.rule_id, i.field, i.reading, v.outcome, v.cause, 1 as items
    from items as i
    join verdicts as v on v.coding_id = i.coding_id
    union all
    select m.message_id, r.rule_id, r.field, 'literal', 'not_applicable', 'fixed_form', m.fixed_form_results
    from messages as m
    join rules as r on r.rule_id = 'labresult-testname-lnc'
    where m.fixed_form_results > 0
)
select
    m.university_id,
    m.jalali_month,
    j.rule_id,
    r.terminology,
    m.service,
    j.field,
    j.reading,
    m.facility_id,
    m.vendor_id,
    m.system_id,
    m.exchange_on,
    m.quarter,
    case when m.exchange_on is null then 'unknown' when m.exchange_on < r.start_on then 'before' else 'after' end as phase,
    m.gate,
    j.outcome,
    j.cause,
    cast(sum(j.items) as bigint) as items,
    count(distinct j.message_id) as messages
from judged as j
join messages as m on m.message_id = j.message_id
join rules as r on r.rule_id = j.rule_id
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
