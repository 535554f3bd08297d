-- Messages a call may be about by one of its uids.
--
-- grain     call_id, message_id
-- reads     calls, uid_keys
select distinct c.call_id, c.at_s, c.before_s, k.message_id, k.sent_s
from (
    select call_id, at_s, before_s, composition_uid as key from calls where composition_uid is not null
    union
    select call_id, at_s, before_s, message_uid from calls where message_uid is not null
) as c
join uid_keys as k on k.key = c.key
