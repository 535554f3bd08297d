-- coded.items: one row a coded item, with the rule that judges it (if any) and the coding it is one use of.
--
-- grain     message_id, item_no
-- reads     raw_items, texts, chosen_messages (landed.messages of the partitions at hand), field_rules, service_kinds, epochs
-- beware    a field with two terminologies is judged under the one the item declares; where it declares neither, by its ServiceType
select
    m.university_id,
    m.jalali_month,
    i.message_id,
    i.item_no,
    i.path,
    coalesce(declared.field, implied.field) as field,
    t.terminology_id,
    t.code,
    t.title,
    coalesce(declared.rule_id, implied.rule_id) as rule_id,
    coalesce(declared.rule_id, implied.rule_id) || '/' || i.text_id || '/' || coalesce(cast(e.epoch_day as varchar), 'undated') as coding_id,
    i.text_id,
    coalesce(declared.reading, implied.reading) as reading,
    coalesce(declared.terminology, implied.terminology) as rule_terminology,
    e.epoch_day
from raw_items as i
join chosen_messages as m on m.message_id = i.message_id
join texts as t on t.text_id = i.text_id
left join service_kinds as k on k.service_type = i.service_type
left join field_rules as declared
    on declared.service = m.service and declared.path = i.path and declared.case_key = t.terminology_key
left join field_rules as implied
    on implied.service = m.service and implied.path = i.path
    and implied.case_key = coalesce(k.kind, 'any_other_service')
left join epochs as e
    on e.terminology = coalesce(declared.terminology, implied.terminology)
    and m.exchange_on >= e.epoch_day and m.exchange_on < e.next_day
