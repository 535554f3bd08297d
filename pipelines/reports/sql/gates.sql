-- Where the extracts were taken, seen from the validation service. One row a gate of the quarter.
select gate,
       sum(items) filter (where outcome not in ('not_applicable', 'error'))::bigint as items_judged,
       coalesce(sum(items) filter (where outcome not in ('not_applicable', 'error', 'passed')), 0)::bigint as items_failed
from marts.outcome_counts
where quarter = $quarter and reading = 'literal'
group by gate
having items_judged > 0
order by items_judged desc
