-- Calls whose verdict can be held against ours: matched to a message whose content is known to be what was validated.
-- evidence `content`: the log holds the content or its hash, and it is the message's. `uid`: the log knows no content, the call passed and is the
-- last one of the message on its side of the sending; a refusal by uid alone may have been repaired before the sending and proves nothing.
create or replace temp table audit_calls as
with matched as (
    select
        c.call_id, c.called_at, c.called_on, c.passed, x.message_id, m.service, m.exchange_on,
        c.message_id = x.message_id or (c.message_id is null and c.content_sha256 = m.content_sha256) as same_content,
        c.message_id is null and c.content_sha256 is null and x.matched_by = 'uid' as uid_alone,
        row_number() over (partition by x.message_id, x.side order by c.called_at desc, c.call_id desc) as from_last
    from landed.validation_calls c
    join findings.call_matches x on x.call_id = c.call_id and x.matched_by in ('uid', 'content')
    join landed.messages m on m.message_id = x.message_id
    join (select distinct university_id, jalali_month from findings.outcome_counts) b on b.university_id = m.university_id and b.jalali_month = m.jalali_month -- judged already
    where c.passed is not null and c.called_on is not null
)
select *, case when same_content then 'content' when uid_alone and passed and from_last = 1 then 'uid' end as evidence
from matched;

-- Rules that the items of these messages are judged by.
create or replace temp table audit_present as
select distinct c.call_id, i.rule_id, r.terminology, split_part(i.rule_id, '-', 2) as field
from audit_calls c
join coded.items i on i.message_id = c.message_id and i.rule_id is not null
join marts.rules r on r.rule_id = i.rule_id
where c.evidence is not null;

-- What the service named in a refusal: the rule where its text leaves one, else nothing. A log can take the message for another service (pathology
-- reports are sent as laboratory results): then the rule of the message's own service for the same field and terminology is meant.
create or replace temp table audit_named as
with answers as (
    select a.call_id, a.answer_no, a.outcome, a.code_named, coalesce(same.rule_id, meant.rule_id, a.rule_id) as rule_id
    from landed.validation_answers a
    left join marts.rules r on r.rule_id = a.rule_id
    left join audit_present same on same.call_id = a.call_id and same.rule_id = a.rule_id
    left join (
        select call_id, terminology, field, min(rule_id) as rule_id from audit_present group by call_id, terminology, field having count(*) = 1
    ) meant on meant.call_id = a.call_id and meant.terminology = r.terminology and meant.field = split_part(a.rule_id, '-', 2)
)
select
    c.call_id,
    bool_or(a.rule_id is null) as untold,
    arg_min(a.rule_id, a.answer_no) filter (where a.rule_id is not null) as rule_id,
    arg_min(a.outcome, a.answer_no) filter (where a.rule_id is not null) as outcome,
    arg_min(a.code_named, a.answer_no) filter (where a.rule_id is not null) as code_named
from audit_calls c
left join answers a on a.call_id = c.call_id
where not c.passed and c.evidence is not null
group by c.call_id;

-- Our verdict on every item of these messages that fails, for the day of the call: where the list changed between call and sending, under the
-- list of the call if that coding was judged; a failure that asks no list is the same on both days.
create or replace temp table audit_failing as
with items as (
    select
        c.call_id, c.called_on, f.message_id, f.item_no, f.rule_id, f.outcome, f.path, f.reading, k.terminology, k.code_clean, k.text_id,
        f.rule_id || '/' || k.text_id || '/' || cast(e.epoch_day as varchar) as coding_then, f.coding_id
    from audit_calls c
    join findings.findings f on f.message_id = c.message_id
    join coded.codings k on k.coding_id = f.coding_id
    left join epochs e on e.terminology = k.terminology and c.called_on >= e.epoch_day and c.called_on < e.next_day
    where c.evidence is not null
)
select
    i.* exclude (coding_then, coding_id, outcome),
    case when i.coding_then = i.coding_id or i.outcome in ('incomplete', 'placeholder', 'terminology_not_allowed', 'malformed') then i.outcome else v.outcome end as outcome
from items i
left join findings.verdicts v on v.coding_id = i.coding_then;

-- Each call against each rule that its message has items of, or that the service named. Both readings: whether the service looks beyond the field
-- that the letter names is part of what is asked; `reading` is wide where nothing but items beyond it fail.
create or replace temp table audit_pairs as
with present as (
    select call_id, rule_id from audit_present
    union
    select call_id, rule_id from audit_named where rule_id is not null
),
failing as (
    select
        call_id, rule_id,
        bool_or(outcome is null) as unknown_then,
        bool_or(outcome not in ('passed', 'error', 'not_applicable')) as fails,
        bool_or(outcome not in ('passed', 'error', 'not_applicable') and reading = 'literal') as fails_literally,
        list(distinct outcome) as outcomes
    from audit_failing
    group by call_id, rule_id
),
due as (
    select f.call_id, bool_or(f.fails and c.called_on >= r.start_on) as refused, bool_or(f.unknown_then) as unknown_then
    from failing f
    join audit_calls c on c.call_id = f.call_id
    join marts.rules r on r.rule_id = f.rule_id
    group by f.call_id
)
-- The list changed between call and sending: items that pass on the day of sending were not judged for the day of the call.
, moved as (
    select distinct c.called_on, c.exchange_on, e.terminology
    from (select distinct called_on, exchange_on from audit_calls) c
    join epochs e on c.called_on >= e.epoch_day and c.called_on < e.next_day
    where c.exchange_on is null or c.exchange_on < e.epoch_day or c.exchange_on >= e.next_day
)
select
    p.call_id, p.rule_id, c.message_id, c.called_at, c.called_on, c.service, c.passed, c.evidence, r.terminology, c.called_on >= r.start_on as in_force,
    coalesce(f.fails, false) as fails,
    case when f.fails and not f.fails_literally then 'wide' else 'literal' end as reading,
    n.rule_id = p.rule_id as named, n.outcome as service_outcome, n.code_named,
    case
        when coalesce(f.unknown_then, false) or (not c.passed and coalesce(d.unknown_then, false)) then 'not_comparable'
        when c.passed and coalesce(f.fails, false) and c.called_on >= r.start_on then 'false_accept'
        when c.passed then 'agree'
        when n.rule_id is null then 'not_comparable'
        when n.rule_id <> p.rule_id then 'not_told'
        when coalesce(f.fails, false) and c.called_on >= r.start_on and (n.outcome is null or list_contains(f.outcomes, n.outcome)) then 'agree'
        when coalesce(d.refused, false) then 'other_reason'
        when x.terminology is not null then 'not_comparable'
        else 'false_refuse'
    end as verdict
from present p
join audit_calls c on c.call_id = p.call_id
join marts.rules r on r.rule_id = p.rule_id
left join audit_named n on n.call_id = p.call_id
left join failing f on f.call_id = p.call_id and f.rule_id = p.rule_id
left join due d on d.call_id = p.call_id
left join moved x on x.terminology = r.terminology and x.called_on = c.called_on and x.exchange_on is not distinct from c.exchange_on
