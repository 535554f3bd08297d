-- Messages, and those that carry at least one error which a rule refuses, by the set of rules that stood: the base of bypass evidence.
--
-- grain     university_id, facility_id, vendor_id, system_id, service, month, gate, state, stage_on
-- reads     items, messages (of the partitions at hand), verdicts, rules, named_services
-- beware    a stage is a set of rules: all of the service that start on stage_on or earlier. state `in_force`: the stage of the message's
--           own day, taken after the gate or nobody knows where. state `natural`: nobody had filtered yet (before the service's first start,
--           or taken before the gate), judged by every stage: these rows repeat the messages and are never added up over stages.
--           title_mismatch is left out: nothing says that the service compares titles. Undated messages are not here
with stages as (
    select
        service,
        start_on as stage_on,
        min(start_on) over (partition by service) as first_on,
        coalesce(lead(start_on) over (partition by service order by start_on), date '9999-12-31') as next_on
    from (
        select distinct m.service, r.start_on
        from (select distinct service from messages) as m
        cross join rules as r
        left join named_services as n on n.rule_id = r.rule_id and n.service = m.service
        where r.service = m.service or (r.service = 'OtherServices' and n.rule_id is null)
    ) as starts
),
refusable as (
    select i.message_id, min(r.start_on) as first_error_on
    from items as i
    join verdicts as v on v.coding_id = i.coding_id
    join rules as r on r.rule_id = i.rule_id
    where i.reading = 'literal'
      and v.outcome in ('incomplete', 'placeholder', 'terminology_not_allowed', 'malformed', 'unknown', 'not_in_force')
    group by i.message_id
)
select
    m.university_id,
    m.jalali_month,
    m.quarter,
    m.facility_id,
    m.vendor_id,
    m.system_id,
    m.service,
    m.gate,
    case when m.gate <> 'before' and m.exchange_on >= s.first_on then 'in_force' else 'natural' end as state,
    s.stage_on,
    count(*) as messages,
    count(case when e.first_error_on <= s.stage_on then 1 end) as refusable_messages
from messages as m
join stages as s on s.service = m.service
left join refusable as e on e.message_id = m.message_id
where m.gate = 'before'
   or m.exchange_on < s.first_on
   or (m.exchange_on >= s.stage_on and m.exchange_on < s.next_on)
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
