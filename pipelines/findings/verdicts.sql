-- findings.verdicts: the outcome of every coding, why, what was probably meant, and the notes that never change an outcome.
--
-- grain     coding_id
-- reads     judged (the compiled plan's result), evidence, codings, rules
select
    j.coding_id,
    j.rule_id,
    j.outcome,
    j.cause,
    case
        when j.outcome = 'passed' or j.outcome = 'error' then null
        when j.cause = 'mislabelled' then e.code
        when e.repaired_code <> '' then e.repaired_code
        when j.cause in ('title_of_another_code', 'not_listed', 'text_as_code', 'local_terminology', 'code_missing', 'filler', 'check_digit')
            and e.title_code <> '' then e.title_code
    end as suggested_code,
    case when c.terminology_id is not null and c.terminology_id <> r.terminology and c.terminology_key = lower(r.terminology) then 'id_spelling ' else '' end
    || case when c.arabic_letters then 'arabic_letters ' else '' end
    || case when c.title_key = '' then 'title_blank ' else '' end
    || case when j.outcome <> 'passed' and e.repair_kind <> '' then 'repairable ' else '' end as notes
from judged as j
join evidence as e on e.coding_id = j.coding_id
join codings as c on c.coding_id = j.coding_id
join rules as r on r.rule_id = j.rule_id
