-- Who was ready for a rule, two, four and six weeks before it starts: each sender's shadow rate in the four weeks up to that day.
--
-- grain     rule_id, weeks_before, university_id, facility_id, vendor_id, system_id, gate
-- measures  messages, messages_with_field, items_judged, items_failed, error_rate, low, high (Wilson, 95 %), the same counts four weeks earlier, expected_weekly_failures
-- reads it  the readiness lists (sepas-dq readiness)
-- beware    the window is four weeks up to the as-of day, that day not included. A sender is silent only if something of its university arrived.
--           Behind the gate a low rate is no sign of readiness: never ready there. Fewer than five items, or five messages without
--           the field, say nothing (a sender of five in four weeks is silent by chance in less than one of a hundred): unsure
with judged as (
    select
        d.rule_id, d.weeks_before, d.as_of, o.university_id, o.facility_id, o.vendor_id, o.system_id, o.gate,
        cast(sum(case when o.exchange_on >= d.window_from then o.items else 0 end) as bigint) as items_judged,
        cast(sum(case when o.exchange_on >= d.window_from and o.outcome <> 'passed' then o.items else 0 end) as bigint) as items_failed,
        cast(sum(case when o.exchange_on >= d.window_from and c.responsible = 'vendor' then o.items else 0 end) as bigint) as failed_vendor,
        cast(sum(case when o.exchange_on >= d.window_from and c.responsible = 'facility' then o.items else 0 end) as bigint) as failed_facility,
        cast(sum(case when o.exchange_on < d.window_from then o.items else 0 end) as bigint) as items_judged_before,
        cast(sum(case when o.exchange_on < d.window_from and o.outcome <> 'passed' then o.items else 0 end) as bigint) as items_failed_before
    from marts.readiness_days as d
    join marts.outcome_counts as o
        on o.rule_id = d.rule_id and o.exchange_on >= d.previous_from and o.exchange_on < d.as_of
    left join marts.causes as c on c.cause = o.cause
    where o.reading = 'literal' and o.outcome not in ('not_applicable', 'error')
    group by 1, 2, 3, 4, 5, 6, 7, 8
),
sent as (
    select
        d.rule_id, d.weeks_before, d.as_of, s.university_id, s.facility_id, s.vendor_id, s.system_id, s.gate,
        cast(sum(case when s.exchange_on >= d.window_from then s.messages else 0 end) as bigint) as messages,
        cast(sum(case when s.exchange_on >= d.window_from then s.messages_with_field else 0 end) as bigint) as messages_with_field,
        cast(sum(case when s.exchange_on < d.window_from then s.messages else 0 end) as bigint) as messages_before
    from marts.readiness_days as d
    join findings.sender_days as s
        on s.rule_id = d.rule_id and s.exchange_on >= d.previous_from and s.exchange_on < d.as_of
    group by 1, 2, 3, 4, 5, 6, 7, 8
),
arrived as (
    select distinct d.rule_id, d.weeks_before, d.as_of, s.university_id
    from marts.readiness_days as d
    join (select distinct university_id, exchange_on from findings.sender_days) as s
        on s.exchange_on >= d.window_from and s.exchange_on < d.as_of
),
counted as (
    select
        s.*,
        a.university_id is not null as university_arrived,
        coalesce(j.items_judged, 0) as items_judged,
        coalesce(j.items_failed, 0) as items_failed,
        coalesce(j.failed_vendor, 0) as failed_vendor,
        coalesce(j.failed_facility, 0) as failed_facility,
        coalesce(j.items_judged_before, 0) as items_judged_before,
        coalesce(j.items_failed_before, 0) as items_failed_before
    from sent as s
    left join judged as j
        on j.rule_id = s.rule_id and j.weeks_before = s.weeks_before and j.as_of = s.as_of and j.university_id = s.university_id
        and j.facility_id = s.facility_id and j.vendor_id = s.vendor_id and j.system_id = s.system_id and j.gate = s.gate
    left join arrived as a
        on a.rule_id = s.rule_id and a.weeks_before = s.weeks_before and a.as_of = s.as_of and a.university_id = s.university_id
),
classed as (
    select
        c.*,
        r.terminology,
        r.start_on,
        r.tolerance,
        case when c.items_judged > 0 then wilson_low(c.items_failed, c.items_judged) end as low,
        case when c.items_judged > 0 then wilson_high(c.items_failed, c.items_judged) end as high,
        case
            when not c.university_arrived then 'no_extract'
            when c.messages = 0 and c.messages_before >= 5 then 'stopped'
            when c.messages_with_field = 0 and c.messages >= 5 then 'no_field'
            when c.messages_with_field = 0 then 'few_messages'
            when c.items_judged = 0 then 'nothing_judged'
            when c.items_judged < 5 then 'few_items'
            when wilson_low(c.items_failed, c.items_judged) > r.tolerance then ''
            when c.gate = 'after' then 'behind_gate'
            when wilson_high(c.items_failed, c.items_judged) <= r.tolerance then ''
            when wilson_high(0, c.items_judged) > r.tolerance then 'few_items'
            else 'interval'
        end as reason
    from counted as c
    join marts.rules as r on r.rule_id = c.rule_id
)
select
    rule_id,
    terminology,
    weeks_before,
    as_of,
    start_on,
    university_id,
    facility_id,
    vendor_id,
    system_id,
    gate,
    messages,
    messages_with_field,
    items_judged,
    items_failed,
    case when items_judged > 0 then items_failed / items_judged end as error_rate,
    low,
    high,
    items_judged_before,
    items_failed_before,
    items_failed / 4.0 as expected_weekly_failures,
    tolerance,
    case
        when reason in ('stopped', 'no_field') then 'silent'
        when reason <> '' then 'unsure'
        when low > tolerance then 'not_ready'
        else 'ready'
    end as readiness,
    reason,
    case
        when reason = 'no_field' then 'vendor'
        when reason in ('stopped', 'no_extract') then 'university'
        when items_failed = 0 or (reason = '' and high <= tolerance) then ''
        when failed_vendor >= failed_facility and failed_vendor > 0 then 'vendor'
        when failed_facility > 0 then 'facility'
        else 'ministry'
    end as act
from classed
