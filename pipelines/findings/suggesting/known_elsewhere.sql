-- Every list that holds a code just as sent, with its titles there: the wanted list too, where the code is retired or mistitled.
--
-- grain     terminology (wanted), code (as sent), terminology that holds it, title
-- reads     asked_codes (terminology, tidy), codes, links
select distinct a.terminology, a.tidy, k.terminology as holder, coalesce(k.title_fa, '') as title_fa, coalesce(k.title_en, '') as title_en
from asked_codes as a
join codes as k on k.code = a.tidy
union
select distinct a.terminology, a.tidy, l.from_terminology, '', ''
from asked_codes as a
join links as l on l.from_code = a.tidy
where l.from_terminology not in (select terminology from codes)
