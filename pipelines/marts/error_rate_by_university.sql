-- Share of judged items that fail each rule, by university and month.
--
-- grain     rule_id, university_id, jalali_month, phase, gate
-- measures  items_judged, items_failed, error_rate, low, high (Wilson, 95 %)
-- reads it  the report's heat map, notebook 01, every university's pack
-- beware    literal reading only; a cell with nothing to judge has no row here, see marts.coverage
select
    rule_id,
    terminology,
    university_id,
    jalali_month,
    quarter,
    phase,
    gate,
    items_judged,
    items_failed,
    items_failed / items_judged as error_rate,
    wilson_low(items_failed, items_judged) as low,
    wilson_high(items_failed, items_judged) as high
from (
    select
        rule_id, terminology, university_id, jalali_month, quarter, phase, gate,
        cast(sum(items) as bigint) as items_judged,
        coalesce(cast(sum(items) filter (where outcome <> 'passed') as bigint), 0) as items_failed
    from marts.outcome_counts
    where reading = 'literal' and outcome not in ('not_applicable', 'error')
    group by rule_id, terminology, university_id, jalali_month, quarter, phase, gate
) as counted
