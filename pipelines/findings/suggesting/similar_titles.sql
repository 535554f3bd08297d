-- For each title asked about, the titles of its list that share most of its rarest three-letter pieces: few enough to be compared one by one.
--
-- grain     terminology, title_key (as asked), list_key
-- reads     asked_titles (terminology, title_key), list_titles, positions (n: 0, 1, 2 …)
-- beware    pieces are taken rarest first until some thousand list titles are met, so that the cost of a title is bounded; at least
--           six are taken. Weights are small whole numbers in place of logarithms
with asked as (
    select distinct a.terminology, a.title_key, substr(a.title_key, p.n, 3) as piece
    from asked_titles as a
    join positions as p on p.n >= 1 and p.n <= length(a.title_key) - 2
),
wanted as (
    select distinct terminology, piece from asked
),
listed as (
    select distinct k.terminology, k.title_key, substr(k.title_key, p.n, 3) as piece
    from (select distinct terminology, title_key from list_titles where terminology in (select terminology from asked_titles)) as k
    join positions as p on p.n >= 1 and p.n <= length(k.title_key) - 2
    join wanted as w on w.terminology = k.terminology and w.piece = substr(k.title_key, p.n, 3)
),
counted as (
    select terminology, piece, count(*) as titles from listed group by terminology, piece
),
chosen as (
    select terminology, title_key, piece,
        case
            when titles <= 3 then 13 when titles <= 10 then 12 when titles <= 30 then 10 when titles <= 100 then 8
            when titles <= 300 then 7 when titles <= 1000 then 5 when titles <= 3000 then 4 when titles <= 10000 then 2 else 1
        end as weight
    from (
        select a.terminology, a.title_key, a.piece, c.titles,
            row_number() over (partition by a.terminology, a.title_key order by c.titles, a.piece) as place,
            sum(c.titles) over (partition by a.terminology, a.title_key order by c.titles, a.piece) as met
        from asked as a
        join counted as c on c.terminology = a.terminology and c.piece = a.piece
    ) as ranked
    where place <= 6 or (met <= 6000 and place <= 40)
),
shared as (
    select c.terminology, c.title_key, l.title_key as list_key, sum(c.weight) as weight
    from chosen as c
    join listed as l on l.terminology = c.terminology and l.piece = c.piece
    group by c.terminology, c.title_key, l.title_key
)
select terminology, title_key, list_key
from (
    select terminology, title_key, list_key,
        row_number() over (
            partition by terminology, title_key
            order by weight desc,
                case when length(list_key) > length(title_key) then length(list_key) - length(title_key) else length(title_key) - length(list_key) end,
                list_key
        ) as place
    from shared
) as ranked
where place <= 24
