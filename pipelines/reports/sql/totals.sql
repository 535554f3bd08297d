-- The quarter in one row, literal reading. `error` and `not_applicable` are counted beside, never as judged.
select sum(items)::bigint as items,
       coalesce(sum(items) filter (where outcome not in ('not_applicable', 'error')), 0)::bigint as items_judged,
       coalesce(sum(items) filter (where outcome not in ('not_applicable', 'error', 'passed')), 0)::bigint as items_failed,
       coalesce(sum(items) filter (where outcome = 'not_applicable'), 0)::bigint as not_applicable,
       coalesce(sum(items) filter (where outcome = 'error'), 0)::bigint as errors,
       count(distinct university_id) filter (where university_id <> 'unknown') as universities,
       count(distinct vendor_id) filter (where vendor_id <> 'unknown') as vendors
from marts.outcome_counts
where quarter = $quarter and reading = 'literal'
