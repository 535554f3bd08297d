-- How many items carry a note, which never changes an outcome: letter case of an id, Arabic letters, no title, repairable.
--
-- grain     rule_id, university_id, vendor_id, month, note
-- reads     items, messages (of the partitions at hand), verdicts, note_names
select
    m.university_id,
    m.jalali_month,
    m.vendor_id,
    i.rule_id,
    n.note,
    count(*) as items
from items as i
join messages as m on m.message_id = i.message_id
join verdicts as v on v.coding_id = i.coding_id
join note_names as n on v.notes like '%' || n.note || ' %'
group by 1, 2, 3, 4, 5
