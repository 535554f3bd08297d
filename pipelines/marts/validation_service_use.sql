-- How the validation service was used: messages by whether, and with what answer, they were validated before they were sent.
--
-- grain     university_id, facility_id, vendor_id, product, version, service, week_start, gate, use_class, matched_by, confidence
-- measures  messages; last_passed (whose deciding validation passed); timed, minutes_between_sum and within_1m … later (time between
--           the deciding validation and the sending)
-- reads it  the report's section on the use of the service
-- beware    no_log, order_unknown and no_extract are in no share; never_sent counts validations, not sent messages. Rates are derived
select
    u.university_id,
    u.facility_id,
    u.vendor_id,
    coalesce(s.product, 'unknown') as product,
    coalesce(s.version, 'unknown') as version,
    u.service,
    c.week as week_start,
    w.jdate as week,
    u.gate,
    u.use_class,
    u.matched_by,
    u.confidence,
    sum(u.messages) as messages,
    sum(u.last_passed) as last_passed,
    sum(u.timed) as timed,
    sum(u.seconds_between) / 60 as minutes_between_sum,
    sum(u.within_1m) as within_1m,
    sum(u.within_10m) as within_10m,
    sum(u.within_1h) as within_1h,
    sum(u.within_1d) as within_1d,
    sum(u.later) as later
from findings.use_counts as u
left join reference.calendar as c on c.date = u.on_day
left join reference.calendar as w on w.date = c.week
left join reference.systems as s
    on s.system_id = u.system_id
    and coalesce(u.on_day, date '9998-12-31') >= coalesce(s.valid_from, date '0001-01-01')
    and coalesce(u.on_day, date '9998-12-31') < coalesce(s.valid_to, date '9999-12-31')
group by
    u.university_id, u.facility_id, u.vendor_id, coalesce(s.product, 'unknown'), coalesce(s.version, 'unknown'), u.service,
    c.week, w.jdate, u.gate, u.use_class, u.matched_by, u.confidence
