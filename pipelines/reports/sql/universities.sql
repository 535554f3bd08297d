-- The universities of the quarter by name, Persian collation. One row a university.
select e.university_id, coalesce(any_value(u.name_fa), e.university_id) as name_fa, coalesce(any_value(u.name_en), e.university_id) as name_en
from marts.error_rate_by_university e
left join reference.universities u using (university_id)
where e.quarter = $quarter
group by e.university_id
order by name_fa collate fa
