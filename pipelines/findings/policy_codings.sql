-- The codings of the texts at hand under another list policy: the same texts, the epochs of its list.
--
-- grain     coding_id
-- reads     dated_uses, text_forms (the forms of every text), known_verdicts (of this policy)
select
    u.coding_id,
    u.rule_id,
    u.terminology,
    u.epoch_day,
    t.text_id,
    t.terminology_id,
    t.code,
    t.title,
    t.terminology_key,
    t.code_clean,
    t.title_clean,
    t.title_key,
    t.arabic_letters
from (
    select distinct coding_id, rule_id, terminology, epoch_day, text_id
    from dated_uses
) as u
join text_forms as t on t.text_id = u.text_id
left join known_verdicts as k on k.coding_id = u.coding_id
where k.coding_id is null
