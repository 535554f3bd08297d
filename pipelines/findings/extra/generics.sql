-- The generic drug of a product or prescription code, where all releases agree on one.
--
-- grain     terminology, code
-- reads     maps (reference.maps)
select from_terminology as terminology, from_code as code, min(to_code) as generic
from maps
where to_terminology = 'GenericCode'
group by from_terminology, from_code
having count(distinct to_code) = 1
