-- Kinds of error among the refusable messages of every sender behind the gate, by period.
select
    case when $kind = 'quarter' then quarter else jalali_month end as period,
    gate, university_id, facility_id, system_id, service || '/' || terminology || '/' || outcome as kind, sum(messages)::bigint as messages
from findings.refusable_kinds
where state = 'in_force'
group by all
order by all
