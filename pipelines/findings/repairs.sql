-- For each code that is not listed, the first candidate repair that a list knows.
--
-- grain     terminology, coding_key (code as sent and title)
-- reads     repair_candidates, codes
select terminology, coding_key, repair_kind, repaired_code
from (
    select
        r.terminology,
        r.coding_key,
        r.repair_kind,
        r.repaired_code,
        row_number() over (partition by r.terminology, r.coding_key order by r.rank) as place
    from repair_candidates as r
    join (select distinct terminology, code from codes) as l on l.terminology = r.terminology and l.code = r.repaired_code
) as ranked
where place = 1
