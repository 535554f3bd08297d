-- Use of the validation service by vendor in a quarter, senders nobody could name among them.
select
    u.vendor_id, any_value(coalesce(v.name_fa, u.vendor_id)) as name_fa, any_value(coalesce(v.name_en, u.vendor_id)) as name_en,
    sum(u.messages) as judged,
    sum(u.messages) filter (where u.use_class = 'validated_before') as validated_before,
    sum(u.messages) filter (where u.use_class = 'sent_after_failure') as sent_after_failure,
    sum(u.messages) filter (where u.use_class = 'validated_after') as validated_after,
    sum(u.messages) filter (where u.use_class = 'not_validated') as not_validated
from marts.validation_service_use as u
left join reference.vendors as v on v.vendor_id = u.vendor_id
where u.use_class in ('validated_before', 'sent_after_failure', 'validated_after', 'not_validated')
  and u.week_start between cast($first as date) - 6 and cast($after as date) - 1
group by u.vendor_id
order by u.vendor_id
