-- Messages sent, and those that carry an error which a rule in force that day refuses: what evidence of going around the service is made of.
--
-- grain     university_id, facility_id, vendor_id, system_id, service, jalali_month, gate, state, stage_on
-- measures  messages, refusable_messages
-- reads it  marts.bypass_evidence
-- beware    state `in_force` is additive; state `natural` (nobody had filtered yet) is judged by every set of rules and repeats its messages: never add it over stage_on
select
    university_id, facility_id, vendor_id, system_id, service, jalali_month, quarter, gate, state, stage_on,
    cast(sum(messages) as bigint) as messages,
    cast(sum(refusable_messages) as bigint) as refusable_messages
from findings.refusable_counts
group by university_id, facility_id, vendor_id, system_id, service, jalali_month, quarter, gate, state, stage_on
