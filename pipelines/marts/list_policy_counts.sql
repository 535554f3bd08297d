-- How many items have which outcome under each list policy: the list of the day, the one a sender could have had, the newest, a single one.
--
-- grain     list_policy, rule_id, university_id, vendor_id, jalali_month, phase, gate, outcome
-- measures  items
-- reads it  marts.error_rate_by_list_policy; whoever asks whether an error is the sender's or the list's
-- beware    literal reading only; a policy of a single release has rows of that release's terminology alone; not_applicable results in
--           fixed forms are no coded items and stand in marts.outcome_counts only
select
    'in_force' as list_policy,
    rule_id, terminology, university_id, vendor_id, jalali_month, quarter, phase, gate, outcome,
    cast(sum(items) as bigint) as items
from marts.outcome_counts
where reading = 'literal' and cause <> 'fixed_form'
group by rule_id, terminology, university_id, vendor_id, jalali_month, quarter, phase, gate, outcome
union all
select
    list_policy,
    rule_id, terminology, university_id, vendor_id, jalali_month, quarter, phase, gate, outcome,
    items
from findings.list_policy_counts
