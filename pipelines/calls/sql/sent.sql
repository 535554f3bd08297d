-- The sent messages as calls are matched to them: uids without their node, seconds since 1970.
--
-- grain     message_id
-- reads     messages (landed.messages)
-- beware    sent_s is NULL where only a day is known: the order of call and sending is then not known either
select
    m.message_id, m.service, m.system_id, m.facility_id, m.university_id, m.vendor_id, m.gate, m.jalali_month, m.exchange_on, m.exchange_on_source,
    m.content_sha256,
    case when length(k.composition_key) >= 4 then k.composition_key end as composition_key,
    case when length(k.message_key) >= 4 then k.message_key end as message_key,
    cast(epoch(m.exchange_at) as bigint) as sent_s
from messages as m
cross join lateral (
    select
        lower(trim(split_part(m.composition_uid, '::', -1), '{} ')) as composition_key,
        lower(trim(split_part(m.message_uid, '::', -1), '{} ')) as message_key
) as k
