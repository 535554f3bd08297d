-- For each failing coding the codes that were probably meant, best first, with score and reason, and the class of its cause.
--
-- grain     rule_id, terminology_id, code, title, outcome, cause, vendor_id, quarter, rank
-- measures  items (of the coding, the same on each of its ranks: take rank 1 before summing)
-- reads it  analysts, the vendors' fix lists
-- beware    rank 1 is the verdict's suggested_code wherever that is set; a suggested_code of NULL says that nothing is near. The score is
--           the weight of a guess, not a measured probability (docs/suggestions.md). Suppress small counts before a row leaves the ministry
with failing as (
    select
        rule_id, terminology_id, code, title, outcome, cause, vendor_id, quarter,
        max(coding_id) as coding_id,
        cast(sum(items) as bigint) as items
    from findings.failing_codings
    group by rule_id, terminology_id, code, title, outcome, cause, vendor_id, quarter
),
habits as (
    select vendor_id, rule_id, title_key, code, items, items / sum(items) over (partition by vendor_id, rule_id, title_key) as share
    from (
        select vendor_id, rule_id, title_key, code, sum(items) as items
        from findings.title_habits
        group by vendor_id, rule_id, title_key, code
    ) as summed
),
offered as (
    select f.coding_id, f.vendor_id, f.quarter, s.rank as place, s.suggested_code, s.score, s.reason
    from failing as f
    join findings.suggestions as s on s.coding_id = f.coding_id
    union all
    select f.coding_id, f.vendor_id, f.quarter, 9, h.code, 0.95 * h.share * h.items / (h.items + 1), 'sender_habit'
    from failing as f
    join coded.codings as c on c.coding_id = f.coding_id
    join habits as h on h.vendor_id = f.vendor_id and h.rule_id = f.rule_id and h.title_key = c.title_key
    where c.title_key <> '' and h.code <> coalesce(f.code, '') and h.share >= 0.1
),
once as (
    select coding_id, vendor_id, quarter, place, suggested_code, score, reason
    from (
        select
            o.*,
            row_number() over (
                partition by o.coding_id, o.vendor_id, o.quarter, coalesce(o.suggested_code, '')
                order by coalesce(o.score, 0) desc, o.place
            ) as again,
            max(o.score) over (partition by o.coding_id, o.vendor_id, o.quarter) as best
        from offered as o
    ) as seen
    where again = 1 and (suggested_code is not null or best is null)
),
classes as (
    select coding_id, min(cause_class) as cause_class from findings.suggestions group by coding_id
),
titles as (
    select terminology, code, max(coalesce(nullif(title_fa, ''), title_en)) as title from reference.codes group by terminology, code
),
ranked as (
    select
        f.*, c.cause_class, r.terminology,
        row_number() over (
            partition by f.coding_id, f.vendor_id, f.quarter
            order by case when o.suggested_code = v.suggested_code then 0 else 1 end, coalesce(o.score, 0) desc, o.place, o.suggested_code
        ) as rank,
        o.suggested_code, o.score, o.reason
    from failing as f
    join findings.verdicts as v on v.coding_id = f.coding_id
    join classes as c on c.coding_id = f.coding_id
    join marts.rules as r on r.rule_id = f.rule_id
    join once as o on o.coding_id = f.coding_id and o.vendor_id = f.vendor_id and o.quarter = f.quarter
)
select
    k.rule_id, k.terminology_id, k.code, k.title, k.outcome, k.cause, k.cause_class, k.vendor_id, k.quarter, k.items,
    k.rank, k.suggested_code, t.title as suggested_title, k.score, k.reason
from ranked as k
left join titles as t on t.terminology = k.terminology and t.code = k.suggested_code
where k.rank <= 5
