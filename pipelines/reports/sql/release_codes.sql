-- The codes that differ and were sent in the quarter (temp table `sent`), most items first. One row a code; an unknown sender is no sender of its own.
select code, sum(sent.items)::bigint as items, sum(items_passed)::bigint as items_passed,
       count(distinct university_id) filter (where university_id <> 'unknown' and sent.items > 0) as universities,
       count(distinct facility_id) filter (where facility_id <> 'unknown' and sent.items > 0) as facilities,
       count(distinct vendor_id) filter (where vendor_id <> 'unknown' and sent.items > 0) as vendors,
       min(first_on) as first_on, max(last_on) as last_on
from sent
group by code
having sum(sent.items) > 0
order by sum(sent.items) desc, code
