-- Senders and how probable it is that they went around the validation service in the quarter. One row a facility, system and gate.
select e.university_id, coalesce(u.name_fa, e.university_id) as name_fa, coalesce(u.name_en, e.university_id) as name_en,
       e.facility_id, e.product, e.version, e.gate, e.messages, e.refusable_messages, e.passed_calls, e.refusals, e.expected_if_validating, e.expected_if_bypassing,
       e.base_source, e.llr_a, e.llr_b, e.llr_c, e.llr_d, e.probability, e.low, e.high, e.reason
from marts.bypass_evidence e
left join reference.universities u using (university_id)
where e.period_kind = 'quarter' and e.period = $quarter
order by e.probability desc nulls last, e.university_id, e.facility_id, e.product, e.gate
