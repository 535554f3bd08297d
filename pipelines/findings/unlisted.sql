-- Codes as sent that their list does not hold, with the title beside them: what may be repairable.
--
-- grain     terminology, code, title_clean
-- reads     codings, codes
select distinct c.terminology, coalesce(c.code, '') as code, coalesce(c.title_clean, '') as title_clean
from codings as c
left join (select distinct terminology, code from codes) as l on l.terminology = c.terminology and l.code = c.code
where l.code is null
