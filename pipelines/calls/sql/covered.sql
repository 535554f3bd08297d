-- University, system and day that some log covers.
--
-- grain     university_id, system_id, day
-- reads     log_days_of_scopes, scopes, day_messages
select distinct m.university_id, m.system_id, m.day
from day_messages as m
join scopes as s on (s.university_id = '' or s.university_id = m.university_id) and (s.systems is null or list_contains(s.systems, m.system_id))
join log_days_of_scopes as d on d.scope_id = s.scope_id and d.day = m.day
where d.covered
