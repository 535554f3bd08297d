-- Partitions whose resends must be numbered anew: a message that was sent earlier has landed later.
--
-- grain     university_id, jalali_month
-- reads     coded_messages (landed.messages as built so far), raw_messages (of the extracts that are new)
select distinct m.university_id, m.jalali_month
from coded_messages as m
join raw_messages as r on r.composition_uid = m.composition_uid and r.message_id <> m.message_id
where coalesce(r.exchange_at, cast(r.exchange_on as timestamp)) < coalesce(m.exchange_at, cast(m.exchange_on as timestamp))
