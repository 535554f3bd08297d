-- findings.findings: every item that failed its rule, with why, whose it is and who can repair it.
--
-- grain     message_id, item_no
-- reads     items, messages (of the partitions at hand), verdicts, rules, causes
select
    m.university_id,
    m.jalali_month,
    i.message_id,
    i.item_no,
    i.rule_id,
    v.outcome,
    v.cause,
    c.error_class,
    c.responsible,
    v.suggested_code,
    case when m.exchange_on is null then 'unknown' when m.exchange_on < r.start_on then 'before' else 'after' end as phase,
    m.facility_id,
    m.vendor_id,
    m.system_id,
    m.service,
    m.exchange_on,
    i.path,
    i.field,
    i.reading,
    i.coding_id
from items as i
join messages as m on m.message_id = i.message_id
join verdicts as v on v.coding_id = i.coding_id
join rules as r on r.rule_id = i.rule_id
join causes as c on c.cause = v.cause
where v.outcome not in ('passed', 'error', 'not_applicable')
