-- Universities against rules in the quarter. One row a university, rule and gate.
select university_id, rule_id, gate, sum(items_judged)::bigint as items_judged, sum(items_failed)::bigint as items_failed
from marts.error_rate_by_university
where quarter = $quarter
group by university_id, rule_id, gate
order by university_id, rule_id, gate
