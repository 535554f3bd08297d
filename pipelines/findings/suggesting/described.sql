-- What the lists say of the codes that may be meant: titles and days.
--
-- grain     terminology, code, validity
-- reads     wanted_codes (terminology, code), codes
select k.terminology, k.code, coalesce(k.title_fa, '') as title_fa, coalesce(k.title_en, '') as title_en, k.valid_from, k.valid_to
from codes as k
join wanted_codes as w on w.terminology = k.terminology and w.code = k.code
