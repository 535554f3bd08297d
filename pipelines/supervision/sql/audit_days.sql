-- What each day shows of each rule: calls about messages that fail it and that the service answered on it, by letting them pass (missed) or by naming the rule (enforced).
select
    rule_id, called_on,
    count(*)::bigint as calls,
    (count(*) filter (where fails and passed and verdict <> 'not_comparable'))::bigint as missed,
    (count(*) filter (where fails and named and verdict <> 'not_comparable'))::bigint as enforced
from audit_pairs
group by rule_id, called_on
order by rule_id, called_on
