-- Of the refusable messages, how many carry each kind of error: terminology and outcome. Read beside refusable_counts.
--
-- grain     university_id, facility_id, vendor_id, system_id, service, month, gate, state, stage_on, terminology, outcome
-- reads     items, messages (of the partitions at hand), verdicts, rules, named_services
-- beware    a message with two kinds counts under both; state and stage_on as in refusable_counts
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
kinds as (
    select distinct i.message_id, r.terminology, r.start_on, v.outcome
    from items as i
    join verdicts as v on v.coding_id = i.coding_id
    join rules as r on r.rule_id = i.rule_id
    where i.reading = 'literal'
      and v.outcome in ('incomplete', 'placeholder', 'terminology_not_allowed', 'malformed', 'unknown', 'not_in_force')
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
    k.terminology,
    k.outcome,
    count(*) as messages
from messages as m
join stages as s on s.service = m.service
join kinds as k on k.message_id = m.message_id and k.start_on <= s.stage_on
where m.gate = 'before'
   or m.exchange_on < s.first_on
   or (m.exchange_on >= s.stage_on and m.exchange_on < s.next_on)
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
