-- findings.verdicts: the outcome of every coding, why, what was probably meant, and the notes that never change an outcome.
--
-- grain     coding_id
-- reads     judged (the compiled plan's result), evidence, codings, rules
-- beware    a code of a local list or a filler is never repaired into a listed one: only its title may name a code.
--           A title that just one other code bears goes before a repair that may be chance (a separator, a zero, a swap put in),
--           and before a code that a sender's own list may hold as well (mislabelled); a title that says something else leaves it open
select
    j.coding_id,
    j.rule_id,
    j.outcome,
    j.cause,
    case
        when j.outcome in ('passed', 'error') then null
        when j.cause = 'mislabelled' or (j.cause = 'terminology_missing' and e.listed) then
            case
                when e.title_score < 100 and e.title_code <> '' then e.title_code
                when e.title_score not between 0 and 39 then e.code
            end
        when j.cause in ('local_terminology', 'filler', 'code_missing', 'title_of_another_code') then nullif(e.title_code, '')
        when j.cause = 'retired' then nullif(e.successor, '')
        when j.outcome in ('malformed', 'unknown') and e.repair_kind in ('digits_or_blanks', 'attribute_sign', 'letter_case') then e.repaired_code
        when j.outcome in ('malformed', 'unknown') then
            case when e.title_code <> '' then e.title_code else nullif(e.repaired_code, '') end
    end as suggested_code,
    case when c.terminology_id is not null and c.terminology_id <> r.terminology and e.terminology_key = lower(r.terminology) then 'id_spelling ' else '' end
    || case when coalesce(c.arabic_letters, false) then 'arabic_letters ' else '' end
    || case when e.title_key = '' then 'title_blank ' else '' end
    || case when j.outcome in ('malformed', 'unknown') and e.repair_kind <> '' then 'repairable ' else '' end as notes
from judged as j
join evidence as e on e.coding_id = j.coding_id
join codings as c on c.coding_id = j.coding_id
join rules as r on r.rule_id = j.rule_id
