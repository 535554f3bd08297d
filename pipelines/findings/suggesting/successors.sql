-- Retired code and what came after it, both ways round.
--
-- grain     terminology, tidy (as sent), code
-- reads     asked_codes, codes
select distinct a.terminology, a.tidy, n.code, 'successor' as relation
from asked_codes as a
join codes as k on k.terminology = a.terminology and k.code = a.tidy
join codes as n on n.terminology = k.terminology and n.code = k.successor
union
select distinct a.terminology, a.tidy, p.code, 'predecessor'
from asked_codes as a
join codes as p on p.terminology = a.terminology and p.successor = a.tidy
