-- The codings that fail most often in the quarter, over all senders. One row a coding, rule and outcome; the twenty largest.
select w.rule_id, coalesce(w.terminology_id, '') as terminology_id, coalesce(w.code, '') as code, coalesce(w.title, '') as title, w.outcome, w.cause,
       w.responsible, w.suggested_code, sum(w.items)::bigint as items, count(distinct w.university_id) as universities, count(distinct w.vendor_id) as vendors
from marts.worst_codings w
where w.quarter = $quarter
group by all
having sum(w.items) >= $smallest
order by items desc, w.rule_id, code, title
limit 20
