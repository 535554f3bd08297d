-- Change of each vendor's rate after the start dates, rule by rule, then averaged with the items of both sides as weights:
-- so a vendor that sends more of a difficult kind after a start date is not blamed for it. One row a vendor.
with sides as (
  select vendor_id, rule_id,
         sum(items_judged) filter (where weeks_from_start < 0) as judged_before, sum(items_failed) filter (where weeks_from_start < 0) as failed_before,
         sum(items_judged) filter (where weeks_from_start >= 0) as judged_after, sum(items_failed) filter (where weeks_from_start >= 0) as failed_after
  from marts.error_rate_around_rollout
  where weeks_from_start between -12 and 12
  group by vendor_id, rule_id
)
select vendor_id, count(*)::int as rules,
       (sum((judged_before + judged_after) * (failed_before * 1.0 / judged_before)) / sum(judged_before + judged_after))::double as rate_before,
       (sum((judged_before + judged_after) * (failed_after * 1.0 / judged_after)) / sum(judged_before + judged_after))::double as rate_after
from sides
where judged_before >= 5 and judged_after >= 5
group by vendor_id
order by vendor_id
