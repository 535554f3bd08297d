-- Which codings fail, how often, at whose: what to repair first.
--
-- grain     rule_id, terminology_id, code, title, outcome, cause, university_id, vendor_id, quarter
-- measures  items, messages
-- reads it  the report's table of codings, notebook 01, the vendors' fix lists
-- beware    suppress small counts before a row leaves the ministry (pipelines.disclosure)
select
    rule_id, terminology_id, code, title, outcome, cause, responsible, suggested_code, university_id, vendor_id, quarter,
    cast(sum(items) as bigint) as items,
    cast(sum(messages) as bigint) as messages
from findings.failing_codings
group by rule_id, terminology_id, code, title, outcome, cause, responsible, suggested_code, university_id, vendor_id, quarter
