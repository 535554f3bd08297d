-- The code of its list that each coding stands for: the code sent, cleaned; else, where the rule took the part before the dot, that part.
--
-- grain     coding_id (only codings that stand for a listed code)
-- reads     codings, verdicts (of the partitions at hand), listed_codes
-- beware    outcomes are tried in order, so one after `unknown` says that the rule found the code, dotted or not
select c.coding_id, coalesce(l.code, b.code) as code
from (
    select coding_id, terminology, code_clean, nullif(split_part(code_clean, '.', 1), code_clean) as base_code
    from codings
) as c
join verdicts as v on v.coding_id = c.coding_id
left join listed_codes as l on l.terminology = c.terminology and l.code = c.code_clean
left join listed_codes as b
    on b.terminology = c.terminology and b.code = c.base_code and v.outcome in ('not_in_force', 'title_mismatch', 'passed')
where coalesce(l.code, b.code) is not null
