-- Validations of messages that were never sent, one row a distinct uid or content, where extracts could have shown the message.
--
-- grain     a uid, a content, or a call that has neither
-- reads     calls, call_matches, open_calls, facility_university, extract_months, calendar, systems
-- beware    known by content alone, an earlier version of a message that was then repaired looks never sent: `medium`
with unmatched as (
    select
        c.*, l.university_id as log_university,
        coalesce(c.message_uid, c.composition_uid, c.message_id, c.content_sha256, c.call_id) as identity,
        case when coalesce(c.message_uid, c.composition_uid) is not null then 'high' when coalesce(c.message_id, c.content_sha256) is not null then 'medium' else 'low' end as confidence
    from calls as c
    join log_settings as l on l.log_id = c.log_id
    where c.passed is not null and c.call_id not in (select call_id from call_matches)
),
ranked as (
    select u.*, row_number() over (partition by identity order by u.at desc, u.row desc) as place
    from unmatched as u
),
distinct_ones as (
    select
        identity, min("on") as on_day, min(system_id) as system_id, min(facility_id) as facility_id, min(service) as service,
        bool_or(case when place = 1 then passed end) as last_passed, max(log_university) as log_university, min(confidence) as confidence
    from ranked
    group by identity
),
placed as (
    select d.*, coalesce(f.university_id, nullif(d.log_university, ''), 'unknown') as university_id
    from distinct_ones as d
    left join facility_university as f on f.facility_id = d.facility_id
)
select
    p.university_id, coalesce(p.facility_id, 'unknown') as facility_id, coalesce(s.vendor_id, 'unknown') as vendor_id, coalesce(p.system_id, 'unknown') as system_id,
    coalesce(p.service, 'unknown') as service, p.on_day, 'unknown' as gate,
    case when e.university_id is null then 'no_extract' else 'never_sent' end as use_class,
    'none' as matched_by, p.confidence, p.last_passed
from placed as p
left join calendar as c on c.date = p.on_day
left join extract_months as e on e.university_id = p.university_id and e.jalali_month = c.jalali_month
left join systems as s
    on s.system_id = p.system_id and p.on_day >= coalesce(s.valid_from, date '0001-01-01') and p.on_day < coalesce(s.valid_to, date '9999-12-31')
