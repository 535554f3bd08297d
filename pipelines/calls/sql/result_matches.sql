-- findings.result_matches: the message a send result is about, by content, else by uid; of several attempts, the one nearest in time.
--
-- grain     result_id
-- reads     results, sent, uid_keys
with found as (
    select r.call_id, m.message_id, 'content' as matched_by, 0 as apart
    from results as r
    join sent as m on m.message_id = r.message_id
    union all
    select r.call_id, m.message_id, 'content', 0
    from results as r
    join sent as m on m.content_sha256 = r.content_sha256
    where r.message_id is null
    union all
    select r.call_id, k.message_id, 'uid', coalesce(abs(k.sent_s - r.at_s), 9000000000)
    from (
        select call_id, at_s, composition_uid as key from results where composition_uid is not null
        union
        select call_id, at_s, message_uid from results where message_uid is not null
    ) as r
    join uid_keys as k on k.key = r.key
),
best as (
    select *, row_number() over (partition by call_id order by matched_by, apart, message_id) as place
    from found
)
select call_id as result_id, message_id, matched_by
from best
where place = 1
