-- Codes in which two releases differ. In: before_rows and after_rows, each a neutral release with `usable`; sides (after_starts).
-- ends_on is the day a code that could be used stops being so: the start of the later release if that lacks it, lists it as not to be
-- used or lets it begin later; its own last day where the later release names one. None where nothing ends.
WITH ended AS (
    SELECT coalesce(a.code, b.code) AS code, b.code IS NOT NULL AS was, a.code IS NOT NULL AS is_there, b.usable AS was_usable, a.usable AS is_usable,
           b.title_fa AS title_fa_before, a.title_fa AS title_fa_after, b.title_en AS title_en_before, a.title_en AS title_en_after,
           b.status AS status_before, a.status AS status_after, b.valid_from AS valid_from_before, a.valid_from AS valid_from_after,
           b.valid_to AS valid_to_before, a.valid_to AS valid_to_after, b.facts AS facts_before, a.facts AS facts_after,
           coalesce(a.successor, b.successor) AS successor,
           CASE WHEN b.usable OR b.valid_to IS NOT NULL THEN coalesce(b.valid_to, DATE '9999-12-31') END AS end_before,
           CASE WHEN a.code IS NULL THEN after_starts
                WHEN NOT a.usable AND a.valid_to IS NULL THEN after_starts
                WHEN a.valid_from > after_starts AND coalesce(b.valid_from, after_starts) <= after_starts THEN after_starts
                ELSE coalesce(a.valid_to, DATE '9999-12-31') END AS end_after
    FROM after_rows a FULL JOIN before_rows b ON a.code = b.code CROSS JOIN sides
)
SELECT * EXCLUDE (end_before, end_after), CASE WHEN end_after < end_before THEN end_after END AS ends_on
FROM ended
WHERE NOT was OR NOT is_there OR was_usable <> is_usable
   OR (valid_from_before, valid_to_before, title_fa_before, title_en_before, status_before, facts_before)
      IS DISTINCT FROM (valid_from_after, valid_to_after, title_fa_after, title_en_after, status_after, facts_after)
ORDER BY code;
