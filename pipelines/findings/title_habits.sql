-- Which code a vendor's systems send with a title, where the item passes: what the same sender means by that title elsewhere.
--
-- grain     rule_id, title_key, code, university_id, vendor_id, month
-- reads     items, messages (of the partitions at hand), verdicts, codings
select
    m.university_id,
    m.jalali_month,
    m.vendor_id,
    i.rule_id,
    c.title_key,
    c.code,
    count(*) as items
from items as i
join messages as m on m.message_id = i.message_id
join verdicts as v on v.coding_id = i.coding_id
join codings as c on c.coding_id = i.coding_id
where v.outcome = 'passed' and c.title_key <> '' and m.vendor_id <> 'unknown'
group by 1, 2, 3, 4, 5, 6
