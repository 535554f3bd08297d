-- Items of the quarter that carry any listed code of the terminology: beside which the others are read. One row.
select coalesce(sum(items), 0)::bigint as items
from marts.code_traffic
where terminology = $terminology and quarter = $quarter
