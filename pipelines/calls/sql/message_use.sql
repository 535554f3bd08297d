-- findings.message_use: what the log says about every sent message.
--
-- grain     message_id
-- reads     sent, calls, call_matches, covered (university, system, day that a log covers), identified (what a scope's calls are known by)
-- beware    a call that only the service's own failure answered is no validation. Without a match and without a log the answer is no_log
with validations as (
    select
        m.message_id, m.side, c.passed, m.matched_by, m.confidence, m.seconds_between,
        row_number() over (partition by m.message_id, m.side order by c.at, c.row) as first_place,
        row_number() over (partition by m.message_id, m.side order by c.at desc, c.row desc) as last_place
    from call_matches as m
    join calls as c on c.call_id = m.call_id
    where c.passed is not null
),
counted as (
    select message_id, count(*) filter (where side = 'before') as calls_before, count(*) filter (where side = 'after') as calls_after
    from validations
    group by message_id
),
deciding as (
    select *, row_number() over (partition by message_id order by case side when 'before' then 1 when 'after' then 2 else 3 end) as place
    from validations
    where (side = 'after' and first_place = 1) or (side <> 'after' and last_place = 1)
)
select
    s.message_id, s.university_id, s.jalali_month,
    case
        when v.side = 'before' and v.passed then 'validated_before'
        when v.side = 'before' then 'sent_after_failure'
        when v.side = 'after' then 'validated_after'
        when v.side = 'unknown' then 'order_unknown'
        when k.day is not null and s.exchange_on_source in ('envelope', 'file_name', 'manifest') then 'not_validated'
        else 'no_log'
    end as use_class,
    coalesce(v.matched_by, 'none') as matched_by,
    coalesce(
        v.confidence,
        case when i.content or (i.message and s.message_key is not null) or (i.composition and s.composition_key is not null) then 'high' else 'medium' end
    ) as confidence,
    cast(make_timestamp(s.sent_s * 1000000) as timestamp) as sent_at,
    cast(coalesce(n.calls_before, 0) as integer) as calls_before,
    cast(coalesce(n.calls_after, 0) as integer) as calls_after,
    v.passed as last_passed,
    case when v.side <> 'unknown' then v.seconds_between end as seconds_between
from sent as s
left join counted as n on n.message_id = s.message_id
left join deciding as v on v.message_id = s.message_id and v.place = 1
left join covered as k on k.university_id = s.university_id and k.system_id = s.system_id and k.day = s.exchange_on
cross join identified as i
