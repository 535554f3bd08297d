-- marts.service_audit: calls by rule, list in force, day and what became of the comparison. not_told: the service named another error, for it answers one at a time.
with releases as (
    select terminology, release, valid_from, coalesce(lead(valid_from) over (partition by terminology order by valid_from), date '9999-12-31') as next_from
    from audit_releases
)
select
    p.rule_id, p.terminology, p.service, r.release as list_release, p.called_on, k.jalali_month, k.quarter, p.in_force, p.evidence, p.reading, p.verdict,
    coalesce(d.list_timing, '') as list_timing, count(*)::bigint as calls
from audit_pairs p
left join marts.service_disagreements d on d.call_id = p.call_id and d.rule_id = p.rule_id
left join reference.calendar k on k.date = p.called_on
left join releases r on r.terminology = p.terminology and p.called_on >= r.valid_from and p.called_on < r.next_from
group by all
order by all
