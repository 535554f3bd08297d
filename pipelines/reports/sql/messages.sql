-- Messages of the quarter. All rules of a service look at the same messages, so the largest count of a cell is that of the service.
select coalesce(sum(n), 0)::bigint as messages
from (
  select max(messages) as n
  from marts.coverage
  where quarter = $quarter
  group by service, university_id, vendor_id, jalali_month
)
