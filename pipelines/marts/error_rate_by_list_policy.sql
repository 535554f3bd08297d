-- Share of judged items that fail each rule under each list policy, side by side, by month.
--
-- grain     rule_id, list_policy, jalali_month, phase, gate
-- measures  items_judged, items_failed, error_rate, low, high (Wilson, 95 %)
-- reads it  the report's table of lists
-- beware    the same items under every policy; literal reading only
select
    rule_id,
    terminology,
    list_policy,
    jalali_month,
    quarter,
    phase,
    gate,
    cast(sum(items) as bigint) as items_judged,
    cast(coalesce(sum(items) filter (where outcome <> 'passed'), 0) as bigint) as items_failed,
    coalesce(sum(items) filter (where outcome <> 'passed'), 0) / sum(items) as error_rate,
    wilson_low(coalesce(sum(items) filter (where outcome <> 'passed'), 0), sum(items)) as low,
    wilson_high(coalesce(sum(items) filter (where outcome <> 'passed'), 0), sum(items)) as high
from marts.list_policy_counts
where outcome not in ('not_applicable', 'error')
group by rule_id, terminology, list_policy, jalali_month, quarter, phase, gate
