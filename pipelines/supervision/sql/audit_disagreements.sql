-- marts.service_disagreements: every call whose verdict differs from ours, with the item's place, to take up with the operator.
-- A code is shown only where some release lists it: what else stands in a code's place may be of a patient.
with spots as (
    select call_id, rule_id, item_no, path, outcome, code_clean, row_number() over (partition by call_id, rule_id order by reading, item_no) as place
    from audit_failing
    where outcome not in ('passed', 'error', 'not_applicable')
),
named_items as (
    select p.call_id, p.rule_id, min(i.item_no) as item_no, min(i.path) as path
    from audit_pairs p
    join coded.items i on i.message_id = p.message_id and i.rule_id = p.rule_id and i.code = p.code_named
    where p.verdict in ('false_refuse', 'other_reason')
    group by p.call_id, p.rule_id
),
listed as (
    select terminology, code, min(valid_from) as valid_from, max(case when valid_to > valid_from then valid_to end) as valid_to, bool_or(valid_to is null) as open_end
    from reference.codes
    group by terminology, code
),
releases as (
    select terminology, release, valid_from, coalesce(lead(valid_from) over (partition by terminology order by valid_from), date '9999-12-31') as next_from
    from audit_releases
)
select
    p.verdict,
    case when p.verdict = 'false_refuse' and p.fails and not p.in_force then 'early' when p.verdict = 'other_reason' then 'other_reason' else 'in_force' end as reason,
    p.rule_id, p.terminology, p.service, p.call_id, p.message_id, p.called_at, p.called_on, p.evidence, p.reading,
    coalesce(s.item_no, n.item_no) as item_no, coalesce(s.path, n.path) as path, s.outcome, p.service_outcome,
    l.code,
    r.release as list_release,
    case
        when p.verdict = 'false_accept' and s.outcome = 'not_in_force' and l.valid_to <= p.called_on then 'older_list'
        when p.verdict = 'false_accept' and s.outcome = 'not_in_force' and l.valid_from > p.called_on then 'newer_list'
        when p.verdict = 'false_refuse' and not p.fails and p.service_outcome in ('unknown', 'not_in_force') and r.valid_from > f.first_from and l.valid_from >= r.valid_from then 'older_list'
        when p.verdict = 'false_refuse' and not p.fails and p.service_outcome in ('unknown', 'not_in_force') and not l.open_end then 'newer_list'
        else ''
    end as list_timing
from audit_pairs p
left join spots s on s.call_id = p.call_id and s.rule_id = p.rule_id and s.place = 1
left join named_items n on n.call_id = p.call_id and n.rule_id = p.rule_id
left join listed l on l.terminology = p.terminology and l.code = coalesce(p.code_named, s.code_clean)
left join releases r on r.terminology = p.terminology and p.called_on >= r.valid_from and p.called_on < r.next_from
left join (select terminology, min(valid_from) as first_from from releases group by terminology) f on f.terminology = p.terminology
where p.verdict in ('false_accept', 'false_refuse', 'other_reason')
order by p.called_at, p.call_id, p.rule_id
