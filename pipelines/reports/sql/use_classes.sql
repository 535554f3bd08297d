-- Messages of a quarter by what the log of the validation service says of them; :quarter's days as first and after.
select
    use_class, gate, sum(messages) as messages, sum(messages) filter (where confidence = 'high') as sure, sum(timed) as timed,
    sum(within_1m + within_10m) as within_10m
from marts.validation_service_use
where week_start between cast($first as date) - 6 and cast($after as date) - 1
group by use_class, gate
order by use_class, gate
