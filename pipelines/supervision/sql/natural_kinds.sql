-- Kinds of error where nobody had filtered, by system, service and set of rules.
select vendor_id, system_id, service, cast(stage_on as varchar) as stage_on, service || '/' || terminology || '/' || outcome as kind, sum(messages)::bigint as messages
from findings.refusable_kinds
where state = 'natural'
group by all
order by all
