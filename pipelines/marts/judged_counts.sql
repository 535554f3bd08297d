-- Items judged and items failed, by day: the numerator and denominator of every rate.
--
-- grain     rule_id, university_id, facility_id, vendor_id, exchange_on, gate
-- measures  items_judged, items_failed; additive
-- reads it  the marts of rates
-- beware    literal reading only; not_applicable and error are no judgement and are counted in marts.coverage
select
    rule_id,
    terminology,
    university_id,
    facility_id,
    vendor_id,
    exchange_on,
    jalali_month,
    quarter,
    phase,
    gate,
    cast(sum(items) as bigint) as items_judged,
    cast(coalesce(sum(items) filter (where outcome <> 'passed'), 0) as bigint) as items_failed
from marts.outcome_counts
where reading = 'literal' and outcome not in ('not_applicable', 'error')
group by rule_id, terminology, university_id, facility_id, vendor_id, exchange_on, jalali_month, quarter, phase, gate
