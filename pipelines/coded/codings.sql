-- coded.codings: the distinct (rule, terminology id, code, title, list epoch) that the rules judge, with their normal forms.
--
-- grain     coding_id
-- reads     judged_items (items of the partitions at hand that a rule judges), texts, known_codings (those already numbered)
select
    i.coding_id,
    i.rule_id,
    i.rule_terminology as terminology,
    i.epoch_day,
    i.text_id,
    t.terminology_id,
    t.code,
    t.title,
    t.terminology_key,
    t.code_clean,
    t.title_clean,
    t.title_key,
    t.arabic_letters
from (
    select distinct coding_id, rule_id, rule_terminology, epoch_day, text_id
    from judged_items
    where rule_id is not null
) as i
join texts as t on t.text_id = i.text_id
left join known_codings as k on k.coding_id = i.coding_id
where k.coding_id is null
