-- Who ever sent the codes that differ (temp table `changed`: code, goes). One row a code and sender; items are the quarter's, days those of all data.
select t.code, c.goes, t.university_id, t.facility_id, t.vendor_id,
       coalesce(sum(t.items) filter (where t.quarter = $quarter), 0)::bigint as items,
       coalesce(sum(t.items_passed) filter (where t.quarter = $quarter), 0)::bigint as items_passed,
       min(t.first_on) as first_on, max(t.last_on) as last_on
from marts.code_traffic t
join changed c on c.code = t.code
where t.terminology = $terminology
group by t.code, c.goes, t.university_id, t.facility_id, t.vendor_id
