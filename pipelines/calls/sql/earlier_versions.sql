-- Refused contents that are no message's, and the message they were repaired into: the next one whose content was validated, within the hour.
--
-- grain     call_id
-- reads     open_calls, sent, pinned, repair (one row: seconds)
-- beware    only for calls known by content alone; always `low`, and never what a use class rests on: a later call decides
with refused as (
    select c.call_id, c.at_s, c.system_id, c.facility_id, c.service, cast(floor(c.at_s / r.width) as bigint) + o.o as bucket
    from open_calls as c
    cross join repair as r
    cross join (select unnest([0, 1]) as o) as o
    where c.has_content and not c.passed and not c.has_composition and not c.has_message
),
validated as (
    select m.message_id, m.sent_s, m.system_id, m.facility_id, m.service, cast(floor(m.sent_s / r.width) as bigint) as bucket, r.width
    from sent as m
    cross join repair as r
    where m.message_id in (select message_id from pinned)
),
ranked as (
    select c.call_id, m.message_id, row_number() over (partition by c.call_id order by m.sent_s, m.message_id) as place
    from refused as c
    join validated as m on m.system_id = c.system_id and m.facility_id = c.facility_id and m.service = c.service and m.bucket = c.bucket
    where m.sent_s >= c.at_s and m.sent_s - c.at_s <= m.width
)
select call_id, message_id
from ranked
where place = 1
