-- Why messages were set aside. One row a reason.
select coalesce(reason, 'unknown') as reason, count(*) as messages, count(distinct extract_id) as extracts
from landed.quarantine
group by 1
order by messages desc, reason
