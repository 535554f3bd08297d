-- Extra checks of the quarter: what each noticed, of how many items it could look at. One row a check, also where it could look at none.
select k.note, k.title_fa, k.title_en, k.looks_at_fa, k.looks_at_en, k.missing, k.estimable, k.synthetic,
       coalesce(sum(n.items), 0)::bigint as items_failed, coalesce(sum(n.items_looked_at), 0)::bigint as items_judged
from marts.note_kinds as k
left join marts.notes as n
    on n.note = k.note and n.jalali_month in (select jalali_month from reference.calendar where quarter = $quarter)
where k.kind = 'extra_check'
group by all
order by items_failed desc, k.note
