-- Weekly share of messages with a passing validation before sending, around the first start date of the rules.
select
    cast((week_start - (select w.week from reference.calendar as w where w.date = (select min(start_on) from marts.rules))) / 7 as integer) as weeks_from_start,
    sum(messages) as items_judged,
    coalesce(sum(messages) filter (where use_class = 'validated_before'), 0) as items_failed
from marts.validation_service_use
where use_class in ('validated_before', 'sent_after_failure', 'validated_after', 'not_validated') and week_start is not null
group by 1
having weeks_from_start between -10 and 26
order by 1
