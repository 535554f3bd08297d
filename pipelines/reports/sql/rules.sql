-- The rules with what they judged in the quarter. One row a rule, in the order of their start dates.
select r.rule_id, r.terminology, r.service, r.field, r.title_fa, r.title_en, r.start_on, r.start_jalali, r.letter, r.letter_row::varchar as letter_row,
       r.lists::varchar as lists, coalesce(r.synthetic, false) as synthetic,
       coalesce(sum(e.items_judged), 0)::bigint as items_judged, coalesce(sum(e.items_failed), 0)::bigint as items_failed
from marts.rules r
left join marts.error_rate_by_university e on e.rule_id = r.rule_id and e.quarter = $quarter
group by all
order by r.start_on, r.terminology, r.rule_id
