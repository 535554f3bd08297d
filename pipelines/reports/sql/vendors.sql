-- Vendors in the quarter. One row a vendor and gate.
select e.vendor_id, coalesce(v.name_fa, e.vendor_id) as name_fa, coalesce(v.name_en, e.vendor_id) as name_en, e.gate,
       sum(e.items_judged)::bigint as items_judged, sum(e.items_failed)::bigint as items_failed
from marts.error_rate_by_vendor e
left join reference.vendors v using (vendor_id)
where e.quarter = $quarter
group by all
order by e.vendor_id, e.gate
