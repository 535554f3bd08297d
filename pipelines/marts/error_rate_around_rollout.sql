-- Judged and failed items by whole weeks before and after each rule's start date.
--
-- grain     rule_id, university_id, vendor_id, weeks_from_start
-- measures  items_judged, items_failed; divide after summing, never before
-- reads it  the report's trend charts, notebook 03
-- beware    week 0 begins on the start date; negative weeks are the shadow rate. Undated items are not here. Start dates lie
--           within forty days of each other and of Nowruz: effects overlap
select
    c.rule_id,
    c.terminology,
    c.university_id,
    c.vendor_id,
    r.start_on,
    cast(floor((c.exchange_on - r.start_on) / 7.0) as integer) as weeks_from_start,
    cast(sum(c.items_judged) as bigint) as items_judged,
    cast(sum(c.items_failed) as bigint) as items_failed
from marts.judged_counts as c
join marts.rules as r on r.rule_id = c.rule_id
where c.exchange_on is not null
group by 1, 2, 3, 4, 5, 6
