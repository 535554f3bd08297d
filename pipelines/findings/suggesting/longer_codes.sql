-- Listed codes that begin with a code sent: it may have been cut off.
--
-- grain     terminology, tight (as sent), code
-- reads     asked_codes (terminology, tight), list_codes
-- beware    at least half of the code must be left, and three characters
with sent as (
    select distinct terminology, tight, length(tight) as width
    from asked_codes
    where length(tight) >= 3
),
widths as (
    select distinct terminology, width from sent
),
listed as (
    select l.terminology, l.code, w.width, substr(l.tight, 1, w.width) as beginning
    from list_codes as l
    join widths as w on w.terminology = l.terminology
    where length(l.tight) > w.width and length(l.tight) <= 2 * w.width
)
select s.terminology, s.tight, l.code
from sent as s
join listed as l on l.terminology = s.terminology and l.width = s.width and l.beginning = s.tight
