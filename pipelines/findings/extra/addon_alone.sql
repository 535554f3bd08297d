-- Add-on codes (mark +) in a bill without any service they could be added to.
--
-- grain     message_id, item_no (of the items the check could look at)
-- reads     seen, items, check_rules, facts, carried
-- beware    a code of which the list says no mark has none, if the list says marks at all; a failing item may be the main code
with services as (
    select
        s.message_id,
        s.item_no,
        s.rule_id,
        coalesce(f.value like '%+%', false) as addon
    from seen as s
    join check_rules as k on k.rule_id = s.rule_id and k.note = 'addon_alone'
    join carried as c
        on c.terminology = s.terminology and c.what = 'attribute' and c.name = 'marks'
        and s.exchange_on >= c.since and s.exchange_on < c.until
    left join facts as f
        on f.terminology = s.terminology and f.code = s.code and f.name = 'marks'
        and s.exchange_on >= f.since and s.exchange_on < f.until
    where s.outcome = 'passed' and not regexp_like(s.code, '^[0-9]{2}([.][0-9])?$')
),
main_codes as (
    select i.message_id, count(*) as items
    from items as i
    join check_rules as k on k.rule_id = i.rule_id and k.note = 'addon_alone'
    left join services as s on s.message_id = i.message_id and s.item_no = i.item_no and s.addon
    where s.item_no is null and not regexp_like(coalesce(i.code, ''), '^[0-9]{2}([.][0-9])?$')
    group by i.message_id
)
select s.message_id, s.item_no, s.rule_id, s.addon and m.items is null as noted
from services as s
left join main_codes as m on m.message_id = s.message_id
