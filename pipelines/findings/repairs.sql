-- For each code that is not listed, the first candidate repair that its list knows; one that bears the title sent goes before.
--
-- grain     terminology, code (as sent), title_clean
-- reads     repair_candidates, listed_codes, list_titles
select terminology, code, title_clean, repair_kind, repaired_code
from (
    select
        r.terminology,
        r.code,
        r.title_clean,
        r.repair_kind,
        r.repaired_code,
        row_number() over (
            partition by r.terminology, r.code, r.title_clean
            order by case when t.code is not null then 0 else 1 end, r.rank
        ) as place
    from repair_candidates as r
    join listed_codes as l on l.terminology = r.terminology and l.code = r.repaired_code
    left join list_titles as t on t.terminology = r.terminology and t.code = r.repaired_code and t.title_key = r.title_key and r.title_key <> ''
) as ranked
where place = 1
