-- Of the days of a university's period, the share that a call log covers.
select case when $kind = 'quarter' then k.quarter else k.jalali_month end as period, d.university_id, avg(case when d.covered then 1.0 else 0.0 end) as share
from findings.log_days d
join reference.calendar k on k.date = d.day
group by all
order by all
