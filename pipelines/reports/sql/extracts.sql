-- Everything that ever landed, in one row: extracts carry no quarter.
select count(*) as extracts, coalesce(sum(messages), 0)::bigint as messages, coalesce(sum(quarantined), 0)::bigint as quarantined,
       coalesce(sum(duplicates), 0)::bigint as duplicates, max(landed_at)::varchar as last_landed_at
from landed.extracts
