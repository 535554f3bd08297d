-- What the lists said of a code beside its title, and on which days: attributes with the span of the release that says so.
--
-- grain     terminology, code, name, since
-- reads     attributes (reference.attributes), list_releases (terminology, release, starts, ends; ends is the start of the next full release)
-- beware    a release ends what an earlier one said of the same attribute of the same code; a full release ends all that was said before it
select
    terminology,
    code,
    name,
    value,
    starts as since,
    case when next_said is not null and next_said < ends then next_said else ends end as until
from (
    select
        a.terminology,
        a.code,
        a.name,
        a.value,
        r.starts,
        coalesce(r.ends, date '9999-12-31') as ends,
        lead(r.starts) over (partition by a.terminology, a.code, a.name order by r.starts) as next_said
    from (
        select terminology, release, code, name, min(value) as value
        from attributes
        group by terminology, release, code, name
    ) as a
    join list_releases as r on r.terminology = a.terminology and r.release = a.release
) as said
