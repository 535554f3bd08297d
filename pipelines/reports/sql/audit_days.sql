-- Days of the quarter on which the service did not judge as ordered. One row a day and rule, or the whole service.
select k.jdate, d.rule_id, d.state, d.calls, d.missed, d.enforced, d.failed
from marts.service_days d
join reference.calendar k on k.date = d.day
where k.quarter = $quarter and d.state in ('not_enforced', 'enforced_early', 'down')
order by d.day, d.rule_id
