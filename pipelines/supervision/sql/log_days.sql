-- All calls of a day, from the first day of the logs to the last, and those that the service itself failed to answer.
select k.date as day, count(c.call_id)::bigint as calls, (count(c.call_id) filter (where c.passed is null))::bigint as failed
from (select min(called_on) as first_on, max(called_on) as last_on from landed.validation_calls) as span
join reference.calendar k on k.date between span.first_on and span.last_on
left join landed.validation_calls c on c.called_on = k.date
group by k.date
order by k.date
