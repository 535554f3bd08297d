-- The codes of the lists that are asked about, in their tight form: capitals, without dot, hyphen and blank.
--
-- grain     terminology, code
-- reads     codes, asked_codes
select distinct
    terminology,
    code,
    replace(replace(replace(code, '.', ''), '-', ''), ' ', '') as tight
from codes
where terminology in (select terminology from asked_codes)
