-- Every code that is in some release of its terminology: the first day it ever was valid, and its successor if there is just one.
--
-- grain     terminology, code
-- reads     codes (reference.codes)
select
    terminology,
    code,
    min(valid_from) filter (where valid_to is null or valid_to > valid_from) as listed_from,
    case when count(distinct successor) = 1 then min(successor) end as successor
from codes
group by terminology, code
