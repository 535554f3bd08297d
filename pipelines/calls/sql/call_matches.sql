-- findings.call_matches: the message a call was about. Content decides among the messages of a uid, and against it; a window comes last.
--
-- grain     call_id
-- reads     calls, sent, pinned, candidates, by_uid, fellows, by_window, earlier_versions
-- beware    seconds_between is the sending minus the call: negative for a call that came after
with chosen as (
    select p.call_id, p.message_id, case when k.call_id is null then 'content' else 'uid' end as matched_by, 'high' as confidence
    from pinned as p
    left join candidates as k on k.call_id = p.call_id and k.message_id = p.message_id
    union all
    select u.call_id, u.message_id, 'uid', u.confidence
    from by_uid as u
    where u.call_id not in (select call_id from pinned)
    union all
    select call_id, message_id, 'uid', 'medium' from fellows
    union all
    select call_id, message_id, 'window', confidence from by_window
    union all
    select call_id, message_id, 'window', 'low' from earlier_versions
)
select
    x.call_id, x.message_id, x.matched_by, x.confidence,
    case when m.sent_s is null then 'unknown' when c.at_s <= m.sent_s then 'before' else 'after' end as side,
    m.sent_s - c.at_s as seconds_between
from chosen as x
join calls as c on c.call_id = x.call_id
join sent as m on m.message_id = x.message_id
