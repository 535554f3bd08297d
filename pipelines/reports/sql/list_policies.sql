-- What each rule's items fail under other list policies, for terminologies with more than one release. One row a rule and policy.
select rule_id, terminology, list_policy, items_judged::bigint as items_judged, items_failed::bigint as items_failed
from (
    select rule_id, terminology, list_policy, sum(items_judged) as items_judged, sum(items_failed) as items_failed,
           case when list_policy = 'in_force' then 0 when list_policy like 'grace:%' then 1 when list_policy = 'latest' then 2 else 3 end as place
    from marts.error_rate_by_list_policy
    where quarter = $quarter
      and terminology in (select terminology from marts.error_rate_by_list_policy where list_policy like 'release:%')
    group by all
) as summed
order by rule_id, place, list_policy
