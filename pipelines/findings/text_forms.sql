-- The forms of the texts at hand; they are the same in each coding of a text, so one is taken.
--
-- grain     text_id
-- reads     all_codings, policy_uses
select text_id, terminology_id, code, title, terminology_key, code_clean, title_clean, title_key, arabic_letters
from (
    select
        c.text_id, c.terminology_id, c.code, c.title, c.terminology_key, c.code_clean, c.title_clean, c.title_key, c.arabic_letters,
        row_number() over (partition by c.text_id order by c.coding_id) as place
    from all_codings as c
    where c.text_id in (select text_id from policy_uses)
) as numbered
where place = 1
