-- Messages of every sender behind the gate, by period, service and set of rules in force; refusable ones beside them.
select
    case when $kind = 'quarter' then c.quarter else c.jalali_month end as period,
    c.gate, c.university_id, c.facility_id, c.vendor_id, c.system_id, c.service, cast(c.stage_on as varchar) as stage_on,
    sum(c.messages)::bigint as messages, sum(c.refusable_messages)::bigint as refusable
from marts.refusable_counts c
where c.state = 'in_force'
group by all
order by all
