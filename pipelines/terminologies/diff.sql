-- Codes in which two releases differ. In: before_rows and after_rows, each a neutral release with `usable`.
SELECT coalesce(a.code, b.code) AS code,
       CASE WHEN b.code IS NULL THEN 'added'
            WHEN a.code IS NULL THEN 'removed'
            WHEN a.usable AND NOT b.usable THEN 'revived'
            WHEN b.usable AND NOT a.usable THEN 'retired'
            WHEN (a.valid_from, a.valid_to) IS DISTINCT FROM (b.valid_from, b.valid_to) THEN 'redated'
            ELSE 'retitled' END AS change,
       coalesce(b.title_fa, b.title_en) AS title_before, coalesce(a.title_fa, a.title_en) AS title_after,
       b.status AS status_before, a.status AS status_after, a.successor
FROM after_rows a FULL JOIN before_rows b ON a.code = b.code
WHERE a.code IS NULL OR b.code IS NULL OR a.usable <> b.usable
   OR (a.valid_from, a.valid_to, a.title_fa, a.title_en) IS DISTINCT FROM (b.valid_from, b.valid_to, b.title_fa, b.title_en)
ORDER BY change, code;
