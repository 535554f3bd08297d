-- How many items carry a note, which never changes an outcome, and of how many it could be told: no number without its denominator.
--
-- grain     rule_id, university_id, vendor_id, month, note
-- reads     items, messages (of the partitions at hand), verdicts, note_names, check_rules, looked_at
-- beware    a note of a coding is looked for in every judged item, an extra check's in those it could look at; where that is
--           none, items_looked_at is 0 and the share is not estimable
with used as (
    select m.university_id, m.jalali_month, m.vendor_id, i.rule_id, i.coding_id, count(*) as items
    from items as i
    join messages as m on m.message_id = i.message_id
    where i.rule_id is not null
    group by 1, 2, 3, 4, 5
),
counted as (
    select
        u.university_id,
        u.jalali_month,
        u.vendor_id,
        u.rule_id,
        n.note,
        sum(case when v.notes like '%' || n.note || ' %' then u.items else 0 end) as items,
        sum(u.items) as items_looked_at
    from used as u
    join verdicts as v on v.coding_id = u.coding_id
    cross join note_names as n
    where v.outcome not in ('not_applicable', 'error')
    group by 1, 2, 3, 4, 5
    union all
    select u.university_id, u.jalali_month, u.vendor_id, u.rule_id, k.note, 0, 0
    from used as u
    join check_rules as k on k.rule_id = u.rule_id
    group by 1, 2, 3, 4, 5
    union all
    select
        m.university_id,
        m.jalali_month,
        m.vendor_id,
        l.rule_id,
        l.note,
        sum(case when l.noted then 1 else 0 end),
        count(*)
    from looked_at as l
    join messages as m on m.message_id = l.message_id
    group by 1, 2, 3, 4, 5
)
select
    university_id,
    jalali_month,
    vendor_id,
    rule_id,
    note,
    cast(sum(items) as bigint) as items,
    cast(sum(items_looked_at) as bigint) as items_looked_at
from counted
group by 1, 2, 3, 4, 5
