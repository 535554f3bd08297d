-- Weeks around each rule's start date, whatever the quarter. One row a rule and week.
select rule_id, weeks_from_start::int as weeks_from_start, sum(items_judged)::bigint as items_judged, sum(items_failed)::bigint as items_failed
from marts.error_rate_around_rollout
where weeks_from_start between -12 and 12
group by rule_id, weeks_from_start
order by rule_id, weeks_from_start
