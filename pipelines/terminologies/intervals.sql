-- When each code was in force: half-open intervals [valid_from, valid_to), never overlapping for a code.
-- In: neutral_rows (terminology, release, starts, ends, announced, synthetic, and the columns of a neutral release; usable). `ends` is the
-- start of the next full release: a full release ends the codes it lacks, a delta (rows without an end of their own) only those it names.
-- A row is in force from its own valid_from, else from the start of its release, until its own valid_to, the start of the next full
-- release or of the next one that names its code, whichever is first. What touches is merged. A row that is not usable and names no
-- end is listed, never in force.
-- With the variable `grace` (days) an end counts only that many days after it was announced: by the release that begins then, else by
-- the row's own. Without it (NULL) an end is the day itself.
CREATE OR REPLACE TABLE spans AS
WITH announcements AS (
    SELECT terminology, starts AS day, max(announced) AS announced FROM neutral_rows GROUP BY ALL
), dated AS (
    SELECT *, CASE WHEN NOT usable AND valid_to IS NULL THEN since
                   ELSE greatest(since, least(coalesce(valid_to, DATE '9999-12-31'), coalesce(ends, DATE '9999-12-31'), coalesce(named_again, DATE '9999-12-31'))) END AS day
    FROM (SELECT *, coalesce(valid_from, starts) AS since,
                 min(starts) OVER (PARTITION BY terminology, code ORDER BY starts RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND UNBOUNDED FOLLOWING) AS named_again
          FROM neutral_rows)
)
SELECT d.terminology, d.release, d.starts, d.synthetic, d.code, d.title_fa, d.title_en, d.status, d.successor, d.since,
       CASE WHEN d.day = d.since OR d.day = DATE '9999-12-31' THEN d.day
            ELSE greatest(d.day, coalesce(a.announced, d.announced) + CAST(getvariable('grace') AS INTEGER)) END AS until
FROM dated d LEFT JOIN announcements a ON a.terminology = d.terminology AND a.day = d.day;

CREATE OR REPLACE TABLE intervals AS
WITH marked AS (
    SELECT *, CASE WHEN since <= max(until) OVER (
                  PARTITION BY terminology, code ORDER BY since, until, starts ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
              ) THEN 0 ELSE 1 END AS begins
    FROM spans WHERE until > since
), islands AS (
    SELECT *, sum(begins) OVER (PARTITION BY terminology, code ORDER BY since, until, starts ROWS UNBOUNDED PRECEDING) AS island
    FROM marked
)
SELECT terminology, arg_min(release, (since, starts)) AS release, code,
       arg_max(title_fa, (starts, since)) AS title_fa, arg_max(title_en, (starts, since)) AS title_en,
       arg_max(status, (starts, since)) AS status, min(since) AS valid_from, max(until) AS valid_to,
       arg_max(successor, (starts, since)) AS successor, bool_or(synthetic) AS synthetic
FROM islands GROUP BY terminology, code, island;

-- Codes that are listed but not to be used: one row of no days, at the first such day that no interval covers.
INSERT INTO intervals BY NAME
SELECT terminology, arg_min(release, (since, starts)) AS release, code,
       arg_max(title_fa, (starts, since)) AS title_fa, arg_max(title_en, (starts, since)) AS title_en,
       arg_max(status, (starts, since)) AS status, min(free) AS valid_from, min(free) AS valid_to,
       arg_max(successor, (starts, since)) AS successor, bool_or(synthetic) AS synthetic
FROM (SELECT s.*, coalesce(i.valid_to, s.since) AS free
      FROM spans s LEFT JOIN intervals i
        ON i.terminology = s.terminology AND i.code = s.code AND i.valid_from <= s.since AND s.since < i.valid_to
      WHERE s.until = s.since)
WHERE free < DATE '9999-12-31'
GROUP BY terminology, code;
