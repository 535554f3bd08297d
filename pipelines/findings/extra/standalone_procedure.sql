-- Operations titled «عمل مستقل» (a separate procedure) in a bill that holds another operation.
--
-- grain     message_id, item_no (of the items the check could look at)
-- reads     seen, check_rules
-- beware    an operation is a code of chapters 1 to 6; the same code again is not another one
with operations as (
    select s.message_id, s.item_no, s.rule_id, s.code, s.title_fa
    from seen as s
    join check_rules as k on k.rule_id = s.rule_id and k.note = 'standalone_procedure'
    where s.outcome = 'passed' and regexp_like(s.code, '^[1-6][0-9]{5}$')
),
bills as (
    select message_id, count(distinct code) as codes
    from operations
    group by message_id
)
select o.message_id, o.item_no, o.rule_id, b.codes > 1 and regexp_like(o.title_fa, 'عمل.{0,3}مستقل') as noted
from operations as o
join bills as b on b.message_id = o.message_id
