-- Calls whose own uid and content are no message's, but whose uid another call bears that a content tied to a message: earlier versions of it.
--
-- grain     call_id
-- reads     calls, by_uid, pinned, sent
-- beware    extracts of loose files carry no message uid; the log's calls still know each other by it
with bearers as (
    select call_id, message_uid as key from calls where message_uid is not null
    union
    select call_id, composition_uid from calls where composition_uid is not null
),
known as (
    select distinct b.key, p.message_id from bearers as b join pinned as p on p.call_id = b.call_id
),
ranked as (
    select
        c.call_id, k.message_id,
        row_number() over (partition by c.call_id order by coalesce(m.sent_s < c.at_s, true), abs(coalesce(m.sent_s, 0) - c.at_s), k.message_id) as place
    from calls as c
    join bearers as b on b.call_id = c.call_id
    join known as k on k.key = b.key
    join sent as m on m.message_id = k.message_id
    where c.call_id not in (select call_id from by_uid)
      and c.call_id not in (select call_id from pinned)
      and k.key not in (select key from known group by key having count(*) > 50)
)
select call_id, message_id
from ranked
where place = 1
