-- The codes that bear a title.
--
-- grain     terminology, title_key, code
-- reads     wanted_titles (terminology, title_key), list_titles
select distinct w.terminology, w.title_key, t.code
from wanted_titles as w
join list_titles as t on t.terminology = w.terminology and t.title_key = w.title_key
order by w.terminology, w.title_key, t.code
