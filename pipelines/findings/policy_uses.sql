-- How often each text was judged under a rule on each day, by whom: what another list policy judges again without reading a message.
--
-- grain     rule_id, text_id, exchange_on, university_id, vendor_id, gate
-- reads     items, messages (of the partitions at hand), rules
-- beware    the letter's own field only (literal reading), as in every rate
select
    m.university_id,
    m.jalali_month,
    m.quarter,
    m.vendor_id,
    m.exchange_on,
    m.gate,
    case when m.exchange_on is null then 'unknown' when m.exchange_on < r.start_on then 'before' else 'after' end as phase,
    i.rule_id,
    r.terminology,
    i.text_id,
    count(*) as items
from items as i
join messages as m on m.message_id = i.message_id
join rules as r on r.rule_id = i.rule_id
where i.reading = 'literal'
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
