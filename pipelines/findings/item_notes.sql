-- findings.item_notes: items that an extra check remarks on. A note beside the outcome, never a part of it.
--
-- grain     message_id, item_no, note
-- reads     looked_at, messages (of the partitions at hand)
-- beware    notes of a coding (letter case of an id, Arabic letters …) stand in findings.verdicts
select m.university_id, m.jalali_month, l.message_id, l.item_no, l.rule_id, l.note
from looked_at as l
join messages as m on m.message_id = l.message_id
where l.noted
