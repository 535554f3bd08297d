-- Drug items whose code and title are of two generic drugs: the title is one of the other list, and none of its codes shares the generic.
--
-- grain     message_id, item_no (of the items the check could look at)
-- reads     seen, check_rules, codings, list_titles, generics
-- beware    where some code with that title has no known generic drug, and none agrees, nothing is certain: not looked at. A title
--           that is also the code's own is no contradiction
select message_id, item_no, rule_id, agreeing = 0 and own_title = 0 as noted
from (
    select
        s.message_id,
        s.item_no,
        s.rule_id,
        count(h.code) as own_title,
        count(case when theirs.generic = mine.generic then 1 end) as agreeing,
        count(case when theirs.generic is null then 1 end) as unsaid
    from seen as s
    join check_rules as k on k.rule_id = s.rule_id and k.note = 'erx_irc_disagree'
    join codings as c on c.coding_id = s.coding_id and c.title_key <> ''
    join generics as mine on mine.terminology = s.terminology and mine.code = s.code
    join list_titles as t
        on t.title_key = c.title_key
        and t.terminology = case when s.terminology = 'IRC' then 'eRx' else 'IRC' end
    left join generics as theirs on theirs.terminology = t.terminology and theirs.code = t.code
    left join list_titles as h on h.terminology = s.terminology and h.code = s.code and h.title_key = c.title_key
    group by s.message_id, s.item_no, s.rule_id
) as compared
where agreeing > 0 or own_title > 0 or unsaid = 0
