-- How many items had which outcome, in which cell: the base that every other mart sums.
--
-- grain     rule_id, service, field, reading, university_id, facility_id, vendor_id, system_id, exchange_on, gate, outcome, cause
-- measures  items, messages (distinct within the cell; not additive over cells that share messages)
-- reads it  every other mart; whoever wants a cut that no mart has
-- beware    not_applicable counts results in fixed forms, which are no coded items
select
    rule_id, terminology, service, field, reading, university_id, facility_id, vendor_id, system_id,
    exchange_on, jalali_month, quarter, phase, gate, outcome, cause, items, messages
from findings.outcome_counts
