-- The code that owns a title: for titles exactly one code of a terminology has. Titles shared by several codes own nothing.
--
-- grain     terminology, title_key
-- reads     list_titles (terminology, code, title_key: every title of every list, one row a code and script)
select terminology, title_key, min(code) as code
from list_titles
where title_key <> ''
group by terminology, title_key
having count(distinct code) = 1
