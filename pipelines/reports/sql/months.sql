-- The trend over everything the warehouse holds. One row a Jalali month.
select jalali_month, sum(items_judged)::bigint as items_judged, sum(items_failed)::bigint as items_failed
from marts.error_rate_by_university
where jalali_month is not null
group by jalali_month
having regexp_full_match(jalali_month, '[0-9]{4}-[0-9]{2}')
order by jalali_month
