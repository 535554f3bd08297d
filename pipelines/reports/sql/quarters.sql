-- Which quarters hold coded items. One row a quarter.
select quarter, sum(items)::bigint as items
from marts.outcome_counts
where quarter is not null
group by quarter
having regexp_full_match(quarter, '[0-9]{4}Q[1-4]')
order by quarter
