-- Share of judged items that fail each rule, by facility and month.
--
-- grain     rule_id, university_id, facility_id, jalali_month, phase, gate
-- measures  items_judged, items_failed, error_rate, low, high (Wilson, 95 %)
-- reads it  whoever repairs; no report shows it yet
-- beware    literal reading only; a cell with nothing to judge has no row here, see marts.coverage
select
    rule_id,
    terminology,
    university_id, facility_id,
    jalali_month,
    quarter,
    phase,
    gate,
    cast(sum(items_judged) as bigint) as items_judged,
    cast(sum(items_failed) as bigint) as items_failed,
    sum(items_failed) / sum(items_judged) as error_rate,
    wilson_low(sum(items_failed), sum(items_judged)) as low,
    wilson_high(sum(items_failed), sum(items_judged)) as high
from marts.judged_counts
group by rule_id, terminology, university_id, facility_id, jalali_month, quarter, phase, gate
