-- How many judged items carry a note that never changes their outcome (letter case of an id, Arabic letters, no title, repairable).
--
-- grain     rule_id, note, university_id, vendor_id, jalali_month
-- measures  items
-- reads it  vendors' fix lists
-- beware    an item may carry several notes: they do not add up to items
select rule_id, note, university_id, vendor_id, jalali_month, cast(sum(items) as bigint) as items
from findings.note_counts
group by rule_id, note, university_id, vendor_id, jalali_month
