-- Uids by which messages are known. One that more than fifty messages share is a filler and no uid.
--
-- grain     key, message_id
-- reads     sent
with keys as (
    select composition_key as key, message_id, sent_s from sent where composition_key is not null
    union
    select message_key, message_id, sent_s from sent where message_key is not null
)
select key, message_id, sent_s
from keys
where key not in (select key from keys group by key having count(*) > 50)
