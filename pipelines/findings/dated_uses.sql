-- Uses of texts with the epoch of the policy's list that their day falls in.
--
-- grain     rule_id, text_id, exchange_on, university_id, vendor_id, gate
-- reads     policy_uses, epochs (of the policy's lists), judged_terminologies (those the policy says something of)
select
    u.*,
    e.epoch_day,
    u.rule_id || '/' || u.text_id || '/' || coalesce(cast(e.epoch_day as varchar), 'undated') as coding_id
from policy_uses as u
join judged_terminologies as j on j.terminology = u.terminology
left join epochs as e
    on e.terminology = u.terminology and u.exchange_on >= e.epoch_day and u.exchange_on < e.next_day
