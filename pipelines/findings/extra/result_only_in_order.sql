-- Orders whose code the list keeps for results.
--
-- grain     message_id, item_no (of the items the check could look at)
-- reads     seen, check_rules, facts
-- beware    a word for order or result that is not known is no answer: the item is not looked at
select s.message_id, s.item_no, s.rule_id, lower(f.value) in ('observation', 'result') as noted
from seen as s
join check_rules as k on k.rule_id = s.rule_id and k.note = 'result_only_in_order'
join facts as f
    on f.terminology = s.terminology and f.code = s.code and f.name = 'order_or_result'
    and s.exchange_on >= f.since and s.exchange_on < f.until
where s.outcome = 'passed'
    and lower(f.value) in ('order', 'order only', 'observation', 'result', 'both', 'subset')
