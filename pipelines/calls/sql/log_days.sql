-- findings.log_days: which days a log covers. Declared periods are covered; else a run of days without any call is a gap of the log if
-- what was sent on them would, at the log's own ratio of calls to messages, have made seven calls or more (chance below one in a thousand).
--
-- grain     scope_id, day
-- reads     scopes (senders that logs speak for), log_calls (calls of a scope by day), day_messages (messages by university, system, day)
-- beware    silence of senders and silence of the log look alike; this tells them apart only where there was enough to be silent about
with days as (
    select scope_id, day, sum(calls) as calls, sum(messages) as messages
    from (
        select scope_id, day, calls, 0 as messages from log_calls
        union all
        select s.scope_id, m.day, 0, m.messages
        from day_messages as m
        join scopes as s on (s.university_id = '' or s.university_id = m.university_id) and (s.systems is null or list_contains(s.systems, m.system_id))
    ) as either
    group by scope_id, day
),
paced as (
    select
        d.*, p.ratio,
        count(*) filter (where d.calls > 0) over (partition by d.scope_id order by d.day rows between unbounded preceding and current row) as run
    from days as d
    join (
        select scope_id, sum(calls) / greatest(sum(messages), 1) as ratio
        from (select *, min(day) filter (where calls > 0) over (partition by scope_id) as a, max(day) filter (where calls > 0) over (partition by scope_id) as z from days) as spans
        where day between a and z
        group by scope_id
    ) as p on p.scope_id = d.scope_id
)
select
    p.scope_id, s.university_id, p.day, cast(p.calls as bigint) as calls, cast(p.messages as bigint) as messages,
    case
        when s.first is not null then p.day between s.first and s.last
        else p.calls > 0 or p.ratio * sum(case when p.calls = 0 then p.messages end) over (partition by p.scope_id, p.run) < 7
    end as covered
from paced as p
join scopes as s on s.scope_id = p.scope_id
