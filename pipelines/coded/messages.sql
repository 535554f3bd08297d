-- landed.messages: one row a message, as landed, with university, facility, system and vendor looked up in the dated registers.
--
-- grain     message_id
-- reads     raw_messages (extracts at hand), all_messages (every extract: only for numbering resends), extracts, universities,
--           facilities, systems, calendar
-- beware    a university is who the envelope or operator says, else who the message says, else who the facility belongs to, else
--           whose node it came through, else unknown; exchange_on may be missing, its month is then 'unknown'
with attempts as (
    select
        a.message_id,
        row_number() over (
            partition by a.composition_uid
            order by coalesce(a.exchange_at, cast(a.exchange_on as timestamp)), e.sequence, a.message_id
        ) as attempt_no
    from all_messages as a
    join extracts as e on e.extract_id = a.extract_id
    where a.composition_uid is not null
      and a.composition_uid in (select composition_uid from raw_messages where composition_uid is not null)
),
named as (
    select
        m.*,
        coalesce(m.exchange_on, date '9998-12-31') as known_on
    from raw_messages as m
)
select
    m.message_id,
    m.extract_id,
    m.service,
    m.exchange_on,
    m.exchange_on_source,
    coalesce(stated.university_id, m.stated_university, said.university_id, f.university_id, n.university_id, 'unknown') as university_id,
    coalesce(m.stated_facility, 'unknown') as facility_id,
    coalesce(m.stated_system, 'unknown') as system_id,
    coalesce(s.vendor_id, 'unknown') as vendor_id,
    m.composition_uid,
    cast(coalesce(t.attempt_no, 1) as integer) as attempt_no,
    m.items,
    m.private_items,
    m.codeless_items,
    m.fixed_form_results,
    m.exchange_at,
    coalesce(c.jalali_month, 'unknown') as jalali_month,
    coalesce(c.quarter, 'unknown') as quarter,
    e.gate,
    m.message_uid,
    m.content_sha256
from named as m
join extracts as e on e.extract_id = m.extract_id
left join attempts as t on t.message_id = m.message_id
left join calendar as c on c.date = m.exchange_on
left join universities as stated on lower(stated.university_id) = m.stated_university
left join universities as said on lower(said.university_id) = m.message_university
left join facilities as f
    on f.facility_id = m.stated_facility
    and m.known_on >= coalesce(f.valid_from, date '0001-01-01')
    and m.known_on < coalesce(f.valid_to, date '9999-12-31')
left join nodes as n on n.node = m.node
left join systems as s
    on s.system_id = m.stated_system
    and m.known_on >= coalesce(s.valid_from, date '0001-01-01')
    and m.known_on < coalesce(s.valid_to, date '9999-12-31')
