-- How items end. One row a rule and outcome of the quarter, literal reading; the outcomes of a rule add up to its items.
select rule_id, outcome, sum(items)::bigint as items
from marts.outcome_counts
where quarter = $quarter and reading = 'literal'
group by rule_id, outcome
order by rule_id, outcome
