-- Messages that could carry a rule's field, and those that do: the denominators behind coverage.
--
-- grain     rule_id, university_id, vendor_id, service, month
-- reads     items, messages (of the partitions at hand), rules, named_services
-- beware    a rule for every other service leaves the services that a letter names to their own rules
with asked as (
    select s.service, r.rule_id, r.terminology
    from (select distinct service from messages) as s
    cross join rules as r
    left join named_services as n on n.rule_id = r.rule_id and n.service = s.service
    where r.service = s.service or (r.service = 'OtherServices' and n.rule_id is null)
)
select
    m.university_id,
    m.jalali_month,
    m.quarter,
    m.vendor_id,
    m.service,
    r.rule_id,
    r.terminology,
    count(distinct m.message_id) as messages,
    count(distinct i.message_id) as messages_with_items
from messages as m
join asked as r on r.service = m.service
left join items as i on i.message_id = m.message_id and i.rule_id = r.rule_id
group by 1, 2, 3, 4, 5, 6, 7
