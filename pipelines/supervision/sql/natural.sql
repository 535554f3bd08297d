-- What nobody had filtered: messages of every sender by service and set of rules, all periods together.
select university_id, facility_id, vendor_id, system_id, service, cast(stage_on as varchar) as stage_on,
    sum(messages)::bigint as messages, sum(refusable_messages)::bigint as refusable
from marts.refusable_counts
where state = 'natural'
group by all
order by all
