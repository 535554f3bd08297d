-- Failing codings: what suggestions are asked for.
--
-- grain     coding_id
-- reads     verdicts, codings
select
    v.coding_id,
    c.terminology,
    coalesce(c.code, '') as code,
    coalesce(c.title, '') as title,
    coalesce(c.terminology_key, '') as terminology_key,
    c.epoch_day,
    v.cause,
    v.suggested_code
from verdicts as v
join codings as c on c.coding_id = v.coding_id
where v.outcome not in ('passed', 'error', 'not_applicable')
