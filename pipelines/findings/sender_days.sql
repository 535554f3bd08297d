-- Messages of every sender, by day: those that could carry a rule's field, and those that do. Who is silent stands out here.
--
-- grain     rule_id, university_id, facility_id, vendor_id, system_id, gate, exchange_on
-- reads     items, messages (of the partitions at hand), rules, named_services
-- beware    the field as the letter names it, under whichever terminology it was sent; messages without a day are not here
with asked as (
    select s.service, r.rule_id, r.field
    from (select distinct service from messages) as s
    cross join rules as r
    left join named_services as n on n.rule_id = r.rule_id and n.service = s.service
    where r.service = s.service or (r.service = 'OtherServices' and n.rule_id is null)
),
filled as (
    select distinct message_id, field
    from items
    where reading = 'literal' and rule_id is not null
)
select
    m.university_id,
    m.jalali_month,
    m.facility_id,
    m.vendor_id,
    m.system_id,
    m.gate,
    m.exchange_on,
    a.rule_id,
    count(*) as messages,
    count(f.message_id) as messages_with_field
from messages as m
join asked as a on a.service = m.service
left join filled as f on f.message_id = m.message_id and f.field = a.field
where m.exchange_on is not null
group by 1, 2, 3, 4, 5, 6, 7, 8
