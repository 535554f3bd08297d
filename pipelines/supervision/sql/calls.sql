-- Calls of the validation service counted for every sender and period, from the day the first rule of the service stood: passed and refused.
-- Calls that the service itself failed to answer are neither.
with starts as (
    select service, min(start_on) as first_on from marts.rules group by service
)
select
    case when $kind = 'quarter' then k.quarter else k.jalali_month end as period,
    c.facility_id, c.system_id, count(*) filter (where c.passed) as passed, count(*) filter (where not c.passed) as refused
from landed.validation_calls c
join reference.calendar k on k.date = c.called_on
left join starts s on s.service = c.service
where c.called_on >= coalesce(s.first_on, (select min(first_on) from starts))
group by all
order by all
