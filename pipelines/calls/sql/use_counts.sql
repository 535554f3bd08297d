-- findings.use_counts: what the mart of the service's use sums.
--
-- grain     university_id, facility_id, vendor_id, system_id, service, on_day, gate, use_class, matched_by, confidence
-- reads     message_use, sent, unsent
select
    university_id, facility_id, vendor_id, system_id, service, on_day, gate, use_class, matched_by, confidence,
    count(*) as messages,
    count(*) filter (where last_passed) as last_passed,
    count(seconds) as timed,
    cast(coalesce(sum(seconds), 0) as bigint) as seconds_between,
    count(*) filter (where seconds <= 60) as within_1m,
    count(*) filter (where seconds > 60 and seconds <= 600) as within_10m,
    count(*) filter (where seconds > 600 and seconds <= 3600) as within_1h,
    count(*) filter (where seconds > 3600 and seconds <= 86400) as within_1d,
    count(*) filter (where seconds > 86400) as later
from (
    select
        s.university_id, s.facility_id, s.vendor_id, s.system_id, s.service, s.exchange_on as on_day, s.gate, u.use_class, u.matched_by, u.confidence,
        u.last_passed, abs(u.seconds_between) as seconds
    from message_use as u
    join sent as s on s.message_id = u.message_id
    union all
    select university_id, facility_id, vendor_id, system_id, service, on_day, gate, use_class, matched_by, confidence, last_passed, null
    from unsent
) as every_one
group by university_id, facility_id, vendor_id, system_id, service, on_day, gate, use_class, matched_by, confidence
