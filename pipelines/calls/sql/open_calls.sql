-- Calls that neither uid nor content tied to a message, and whether a window may: only where the two have no identity in common.
--
-- grain     call_id
-- reads     calls, by_uid, pinned, fellows
-- beware    a log whose uids (or contents) are found in no message at all speaks another language: they then count as absent
with found as (
    select c.log_id, count(u.call_id) > 0 as uid_ok, count(p.call_id) > 0 as content_ok
    from calls as c
    left join by_uid as u on u.call_id = c.call_id
    left join pinned as p on p.call_id = c.call_id
    group by c.log_id
)
select
    c.call_id, c.at_s, c.before_s, c.after_s, coalesce(c.passed, true) as passed,
    coalesce(c.system_id, '*') as system_id, coalesce(c.facility_id, '*') as facility_id, coalesce(c.service, '*') as service,
    f.uid_ok and c.composition_uid is not null as has_composition, f.uid_ok and c.message_uid is not null as has_message,
    f.content_ok and coalesce(c.message_id, c.content_sha256) is not null as has_content
from calls as c
join found as f on f.log_id = c.log_id
where c.call_id not in (select call_id from by_uid)
  and c.call_id not in (select call_id from pinned)
  and c.call_id not in (select call_id from fellows)
