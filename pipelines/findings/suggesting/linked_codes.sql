-- Codes of the wanted list that another list, or another number of the same thing, stands for: by one map, or by two that meet
-- in a third terminology (IRC and generic-level eRx both have a generic code).
--
-- grain     terminology, tidy (as sent), code
-- reads     asked_codes (terminology, tidy), links (from_terminology, from_code, to_terminology, to_code: both directions)
with direct as (
    select a.terminology, a.tidy, l.from_terminology as via, l.to_code as code, 1 as steps
    from asked_codes as a
    join links as l on l.to_terminology = a.terminology and l.from_code = a.tidy and l.from_terminology <> a.terminology
),
two as (
    select a.terminology, a.tidy, f.from_terminology as via, t.to_code as code, 2 as steps
    from asked_codes as a
    join links as f on f.from_code = a.tidy and f.to_terminology <> a.terminology and f.from_terminology <> a.terminology
    join links as t on t.from_terminology = f.to_terminology and t.from_code = f.to_code and t.to_terminology = a.terminology
    where f.from_terminology <> f.to_terminology
)
select terminology, tidy, code, min(via) as via, min(steps) as steps
from (select * from direct union all select * from two) as found
group by terminology, tidy, code
