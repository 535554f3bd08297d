-- Spans of days in which no release and no validity of a terminology's list changes. Half-open: epoch_day .. next_day.
--
-- grain     terminology, epoch_day
-- reads     codes (reference.codes)
with boundaries as (
    select terminology, date '0001-01-01' as day from codes
    union
    select terminology, valid_from from codes
    union
    select terminology, valid_to from codes where valid_to is not null
)
select
    terminology,
    day as epoch_day,
    coalesce(lead(day) over (partition by terminology order by day), date '9999-12-31') as next_day
from boundaries
