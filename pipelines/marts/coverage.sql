-- What could be judged at all: messages of the rule's service, those that carry its field, and what became of the items.
--
-- grain     rule_id, service, university_id, vendor_id, jalali_month
-- measures  messages, messages_with_items, items, items_judged, not_applicable, errors (items = items_judged + not_applicable + errors)
-- reads it  the report's coverage table, notebook 01
-- beware    literal and wide readings together: coverage asks what stood in the messages
select
    m.rule_id,
    m.terminology,
    m.service,
    m.university_id,
    m.vendor_id,
    m.jalali_month,
    m.quarter,
    m.messages,
    m.messages_with_items,
    coalesce(i.items, 0) as items,
    coalesce(i.items_judged, 0) as items_judged,
    coalesce(i.not_applicable, 0) as not_applicable,
    coalesce(i.errors, 0) as errors
from (
    select rule_id, terminology, service, university_id, vendor_id, jalali_month, quarter,
        cast(sum(messages) as bigint) as messages, cast(sum(messages_with_items) as bigint) as messages_with_items
    from findings.coverage_counts
    group by rule_id, terminology, service, university_id, vendor_id, jalali_month, quarter
) as m
left join (
    select rule_id, service, university_id, vendor_id, jalali_month,
        cast(sum(items) as bigint) as items,
        cast(sum(items) filter (where outcome not in ('not_applicable', 'error')) as bigint) as items_judged,
        cast(sum(items) filter (where outcome = 'not_applicable') as bigint) as not_applicable,
        cast(sum(items) filter (where outcome = 'error') as bigint) as errors
    from marts.outcome_counts
    group by rule_id, service, university_id, vendor_id, jalali_month
) as i
    on i.rule_id = m.rule_id and i.service = m.service and i.university_id = m.university_id
    and i.vendor_id = m.vendor_id and i.jalali_month = m.jalali_month
