-- Calls matched by system, facility, service and time: the next message sent within the window, else the last one sent before the call.
--
-- grain     call_id
-- reads     open_calls, sent, buckets (one row: width in seconds)
-- beware    equal keys and three buckets of time, so that the join is as large as what is sent in a window. `medium`: no other message
--           was in reach; `low`: another was
with signatures as (
    select distinct system_id = '*' as any_system, facility_id = '*' as any_facility, service = '*' as any_service
    from open_calls
    where system_id <> '*' or facility_id <> '*'
),
reachable as (
    select
        case when g.any_system then '*' else m.system_id end as system_id,
        case when g.any_facility then '*' else m.facility_id end as facility_id,
        case when g.any_service then '*' else m.service end as service,
        cast(floor(m.sent_s / b.width) as bigint) as bucket,
        m.message_id, m.sent_s, m.composition_key is not null as has_composition, m.message_key is not null as has_message
    from sent as m
    cross join signatures as g
    cross join buckets as b
    where m.sent_s is not null
),
asking as (
    select c.*, cast(floor(c.at_s / b.width) as bigint) + o.o as bucket
    from open_calls as c
    cross join buckets as b
    cross join (select unnest([-1, 0, 1]) as o) as o
    where c.system_id <> '*' or c.facility_id <> '*'
),
near as (
    select c.call_id, c.at_s, m.message_id, m.sent_s
    from asking as c
    join reachable as m
        on m.system_id = c.system_id and m.facility_id = c.facility_id and m.service = c.service and m.bucket = c.bucket
    where m.sent_s - c.at_s <= c.before_s and c.at_s - m.sent_s <= c.after_s
      and not (c.has_composition and m.has_composition)
      and not (c.has_message and m.has_message)
      and not c.has_content
),
ranked as (
    select *, count(*) over (partition by call_id) as messages, row_number() over (partition by call_id order by sent_s < at_s, abs(sent_s - at_s), message_id) as place
    from near
)
select call_id, message_id, case when messages = 1 then 'medium' else 'low' end as confidence
from ranked
where place = 1
