-- Listed codes that may be one edit away from a code sent: a character put in, left out, changed, or two exchanged.
--
-- grain     terminology, tight (as sent), code
-- reads     asked_codes (terminology, tight), list_codes, positions (n: 0, 1, 2 …)
-- beware    two codes within one edit have an equal remainder after at most one character is left out of each; not all that
--           have one are within one edit, so the library measures them afterwards. Position 0 leaves nothing out
with sent as (
    select distinct a.terminology, a.tight, p.n,
        substr(a.tight, 1, p.n - 1) || substr(a.tight, p.n + 1, 40) as remainder
    from asked_codes as a
    join positions as p on p.n >= 1 and p.n <= length(a.tight)
    where length(a.tight) between 2 and 24
    union all
    select distinct terminology, tight, 0, tight
    from asked_codes
    where length(tight) between 2 and 24
),
listed as (
    select l.terminology, l.code, p.n,
        substr(l.tight, 1, p.n - 1) || substr(l.tight, p.n + 1, 40) as remainder
    from list_codes as l
    join positions as p on p.n >= 1 and p.n <= length(l.tight)
    union all
    select terminology, code, 0, tight
    from list_codes
)
select distinct s.terminology, s.tight, l.code
from sent as s
join listed as l on l.terminology = s.terminology and l.remainder = s.remainder
where l.n - s.n between -1 and 1 or l.n = 0 or s.n = 0
