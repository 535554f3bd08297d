-- For each code that is not listed, the first candidate repair that its list knows.
--
-- grain     terminology, code (as sent), title_clean
-- reads     repair_candidates, listed_codes
select terminology, code, title_clean, repair_kind, repaired_code
from (
    select
        r.terminology,
        r.code,
        r.title_clean,
        r.repair_kind,
        r.repaired_code,
        row_number() over (partition by r.terminology, r.code, r.title_clean order by r.rank) as place
    from repair_candidates as r
    join listed_codes as l on l.terminology = r.terminology and l.code = r.repaired_code
) as ranked
where place = 1
