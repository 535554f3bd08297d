-- Who sent which code that differs in the quarter (temp table `sent`). One row a code and sender, most items first.
select code, university_id, facility_id, vendor_id, items, items_passed, first_on, last_on
from sent
where items > 0
order by items desc, code, university_id, facility_id, vendor_id
