-- Which codes of the lists are sent, by whom, how many items, from which day to which.
--
-- grain     rule_id, code, reading, university_id, facility_id, vendor_id, jalali_month
-- measures  items, items_passed (additive), first_on, last_on (least and greatest day; none where a message has no day)
-- reads it  sepas-dq terminology diff, the report's section on the newest releases
-- beware    both readings, and items that fail for another reason too; suppress small counts before a row leaves the ministry
-- stored    as a view over the partitions' files: a row a facility and code is too much to copy at every publication
select
    rule_id, terminology, code, reading, university_id, facility_id, vendor_id, jalali_month, quarter,
    items, items_passed, first_on, last_on
from findings.code_counts
