-- Codings whose title can be compared: the title as sent beside the titles its code has on the day (else its newest).
--
-- grain     coding_id
-- reads     codings, codes
select coding_id, title, title_fa, title_en
from (
    select
        c.coding_id,
        c.title,
        coalesce(k.title_fa, '') as title_fa,
        coalesce(k.title_en, '') as title_en,
        row_number() over (
            partition by c.coding_id
            order by
                case when c.epoch_day >= k.valid_from and c.epoch_day < coalesce(k.valid_to, date '9999-12-31') then 0 else 1 end,
                k.valid_from desc
        ) as place
    from codings as c
    join codes as k on k.terminology = c.terminology and k.code = c.code
    where c.title_key <> ''
) as ranked
where place = 1
