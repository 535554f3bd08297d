-- Who sent what could be judged. One row a rule of the quarter.
select rule_id, sum(messages)::bigint as messages, sum(messages_with_items)::bigint as messages_with_items, sum(items)::bigint as items,
       sum(items_judged)::bigint as items_judged, sum(not_applicable)::bigint as not_applicable, sum(errors)::bigint as errors
from marts.coverage
where quarter = $quarter
group by rule_id
order by rule_id
