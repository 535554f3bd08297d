-- landed.validation_calls (and send results) as they are matched: rows of one call id of theirs are one call.
--
-- grain     call_id
-- reads     raw_calls, log_settings
-- beware    a call with several error rows passed only if every row says so; passed stays NULL if no row says anything
select c.call_id, c.log_id, c.at, c."on", c.system_id, c.facility_id, c.composition_uid, c.message_uid, c.message_id, c.content_sha256, c.service, c.passed, c.answers, c.row
from raw_calls as c
join log_settings as s on s.log_id = c.log_id
where not s.grouped
union all
select
    c.call_id, min(c.log_id), min(c.at), min(c."on"), min(c.system_id), min(c.facility_id), min(c.composition_uid), min(c.message_uid), min(c.message_id),
    min(c.content_sha256), min(c.service), bool_and(c.passed), cast(sum(c.answers) as integer), min(c.row)
from raw_calls as c
join log_settings as s on s.log_id = c.log_id
where s.grouped
group by c.call_id
