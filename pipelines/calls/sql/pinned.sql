-- Calls whose content is that of a message: there is only one such message, whatever the time.
--
-- grain     call_id
-- reads     calls, sent
select c.call_id, m.message_id from calls as c join sent as m on m.message_id = c.message_id
union
select c.call_id, m.message_id from calls as c join sent as m on m.content_sha256 = c.content_sha256 where c.message_id is null
