-- How many items would have had which outcome under another list policy.
--
-- grain     list_policy, rule_id, university_id, vendor_id, month, phase, gate, outcome
-- reads     dated_uses, policy_verdicts (of this policy), this_policy
select
    u.university_id,
    u.jalali_month,
    u.quarter,
    p.list_policy,
    u.rule_id,
    u.terminology,
    u.vendor_id,
    u.phase,
    u.gate,
    v.outcome,
    cast(sum(u.items) as bigint) as items
from dated_uses as u
join policy_verdicts as v on v.coding_id = u.coding_id
cross join this_policy as p
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
