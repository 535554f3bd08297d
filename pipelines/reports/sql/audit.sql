-- The service's verdict against ours in the quarter. One row a rule.
select rule_id,
       coalesce(sum(calls) filter (where verdict in ('agree', 'false_accept', 'false_refuse', 'other_reason')), 0)::bigint as compared,
       coalesce(sum(calls) filter (where verdict = 'false_accept'), 0)::bigint as false_accept,
       coalesce(sum(calls) filter (where verdict = 'false_refuse'), 0)::bigint as false_refuse,
       coalesce(sum(calls) filter (where verdict in ('false_accept', 'false_refuse') and list_timing <> ''), 0)::bigint as list_timing,
       coalesce(sum(calls) filter (where verdict = 'other_reason'), 0)::bigint as other_reason,
       coalesce(sum(calls) filter (where verdict = 'not_told'), 0)::bigint as not_told,
       coalesce(sum(calls) filter (where verdict = 'not_comparable'), 0)::bigint as not_comparable
from marts.service_audit
where quarter = $quarter
group by rule_id
order by rule_id
