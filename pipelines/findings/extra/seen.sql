-- Items an extra check may look at: of its rules, at the field the letter names, right in their code on their day; with what the list says.
--
-- grain     message_id, item_no
-- reads     items, messages (of the partitions at hand), verdicts, rules, check_rules, codes (reference.codes)
-- beware    only passed items, and those that failed by their title alone; an item without a day is not looked at
select
    i.message_id,
    i.item_no,
    i.rule_id,
    i.coding_id,
    i.code,
    r.terminology,
    v.outcome,
    m.exchange_on,
    lower(coalesce(c.status, '')) as status,
    coalesce(c.title_fa, '') as title_fa
from items as i
join verdicts as v on v.coding_id = i.coding_id
join messages as m on m.message_id = i.message_id
join rules as r on r.rule_id = i.rule_id
join codes as c
    on c.terminology = r.terminology and c.code = i.code
    and m.exchange_on >= c.valid_from and m.exchange_on < coalesce(c.valid_to, date '9999-12-31')
where v.outcome in ('passed', 'title_mismatch')
    and i.reading = 'literal'
    and i.rule_id in (select rule_id from check_rules)
