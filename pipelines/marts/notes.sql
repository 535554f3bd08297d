-- How many items carry a note that never changes their outcome, and how many items it was looked for in: codings' notes and extra checks.
--
-- grain     rule_id, note, university_id, vendor_id, jalali_month
-- measures  items, items_looked_at (the denominator; 0 where the check could look at nothing: not estimable)
-- reads it  the report's section of extra checks, vendors' fix lists
-- beware    an item may carry several notes: they do not add up to items. What a note is and needs: marts.note_kinds
select
    rule_id, note, university_id, vendor_id, jalali_month,
    cast(sum(items) as bigint) as items,
    cast(sum(items_looked_at) as bigint) as items_looked_at
from findings.note_counts
group by rule_id, note, university_id, vendor_id, jalali_month
