-- Messages of every sender and period whose use of the service a log proves by id or content, and those of them that were validated before.
select
    case when $kind = 'quarter' then k.quarter else k.jalali_month end as period,
    u.university_id, u.facility_id, u.system_id, u.gate,
    sum(u.messages)::bigint as messages,
    coalesce(sum(u.messages) filter (where u.matched_by in ('uid', 'content')), 0)::bigint as proven,
    coalesce(sum(u.messages) filter (where u.matched_by in ('uid', 'content') and u.use_class = 'validated_before'), 0)::bigint as validated
from findings.use_counts u
join reference.calendar k on k.date = u.on_day
where u.use_class not in ('never_sent', 'no_extract')
group by all
order by all
