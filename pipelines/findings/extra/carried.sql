-- What lists say of any code at all, and on which days: a list that says nothing of the kind cannot be asked.
--
-- grain     terminology, what, name
-- reads     facts, codes (reference.codes)
-- beware    from the first day to the last: a list that stopped saying it in between counts as saying it
select terminology, 'attribute' as what, name, min(since) as since, max(until) as until
from facts
group by terminology, name
union all
select terminology, 'status' as what, lower(status) as name, min(valid_from) as since, max(coalesce(valid_to, date '9999-12-31')) as until
from codes
where status <> '' and (valid_to is null or valid_to > valid_from)
group by terminology, lower(status)
