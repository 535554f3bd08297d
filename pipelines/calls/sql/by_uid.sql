-- The attempt a call belongs to, where a uid was used for several: the next one, unless the one before is nearer and the next not within the window.
--
-- grain     call_id
-- reads     candidates
-- beware    a call between two attempts is `medium`, for it may be the late validation of the first or the early one of the second
with ranked as (
    select *, sent_s >= at_s as follows, row_number() over (partition by call_id, sent_s >= at_s order by abs(sent_s - at_s), message_id) as place
    from candidates
),
grouped as (
    select
        call_id, min(at_s) as at_s, min(before_s) as before_s, count(*) as messages,
        min(case when sent_s is null then message_id end) as undated,
        min(case when follows and place = 1 then message_id end) as next_id,
        min(case when follows and place = 1 then sent_s end) as next_s,
        min(case when not follows and place = 1 then message_id end) as last_id,
        min(case when not follows and place = 1 then sent_s end) as last_s
    from ranked
    group by call_id
)
select
    call_id,
    case
        when next_id is not null and (last_id is null or next_s - at_s <= greatest(at_s - last_s, before_s)) then next_id
        when last_id is not null then last_id
        else undated
    end as message_id,
    case
        when messages = 1 or (next_id is null) <> (last_id is null) then 'high'
        when next_id is null then 'low'
        else 'medium'
    end as confidence
from grouped
