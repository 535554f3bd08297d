-- What the rules look at, per coding: the coding's parts and what the lists say of them (columns: expectations.kinds.EVIDENCE).
--
-- grain     coding_id
-- reads     codings, codes (reference.codes), listed_codes, repairs, title_scores, title_owners
-- beware    a code has at most one validity interval on any day (asserted when lists are loaded), so no coding is doubled;
--           no column but epoch_day and listed_from is ever NULL, so that no predicate is
with owners as (
    select code, min(terminology) as first_terminology, max(terminology) as last_terminology
    from listed_codes
    group by code
),
loaded as (
    select distinct terminology from codes
),
based as (
    select
        coding_id,
        rule_id,
        terminology,
        epoch_day,
        coalesce(code, '') as code,
        -- NULL where there is no dot: as a join condition the same would keep the join below from being hashed
        nullif(split_part(coalesce(code, ''), '.', 1), coalesce(code, '')) as base_code,
        coalesce(code_clean, '') as code_clean,
        coalesce(terminology_key, '') as terminology_key,
        coalesce(title_clean, '') as title_clean,
        coalesce(title_key, '') as title_key
    from codings
)
select
    c.coding_id,
    c.rule_id,
    c.code,
    c.code_clean,
    c.terminology_key,
    c.title_clean,
    c.title_key,
    c.epoch_day,
    d.terminology is not null as list_loaded,
    l.code is not null as listed,
    b.code is not null as base_listed,
    coalesce(l.listed_from, b.listed_from) as listed_from,
    case
        when c.epoch_day is null then coalesce(l.listed_from, b.listed_from) is not null
        when l.code is not null then v.code is not null
        else bv.code is not null
    end as in_force,
    case
        when l.code is not null or o.code is null then ''
        when o.first_terminology <> c.terminology then o.first_terminology
        else coalesce(nullif(o.last_terminology, c.terminology), '')
    end as listed_elsewhere,
    coalesce(r.repair_kind, '') as repair_kind,
    coalesce(r.repaired_code, '') as repaired_code,
    coalesce(n.code, '') as successor,
    coalesce(s.title_score, -1) as title_score,
    coalesce(w.code, '') as title_code
from based as c
left join loaded as d on d.terminology = c.terminology
left join listed_codes as l on l.terminology = c.terminology and l.code = c.code
left join listed_codes as b on b.terminology = c.terminology and b.code = c.base_code
left join codes as v
    on v.terminology = c.terminology and v.code = c.code
    and c.epoch_day >= v.valid_from and c.epoch_day < coalesce(v.valid_to, date '9999-12-31')
left join codes as bv
    on bv.terminology = c.terminology and bv.code = c.base_code
    and c.epoch_day >= bv.valid_from and c.epoch_day < coalesce(bv.valid_to, date '9999-12-31')
left join listed_codes as n on n.terminology = c.terminology and n.code = l.successor
left join owners as o on o.code = c.code
left join repairs as r on r.terminology = c.terminology and r.code = c.code and r.title_clean = c.title_clean
left join title_scores as s on s.coding_id = c.coding_id
left join title_owners as w on w.terminology = c.terminology and w.title_key = c.title_key and w.code <> c.code
