-- The days without a source, gathered; a recording that nothing is known of lacks each territory it counted in before.
WITH bare AS (
  SELECT isrc, territory, reason, count(*) AS days, min(day) AS f, max(day) AS l
  FROM gap_day GROUP BY ALL),
placed AS (
  SELECT b.isrc, coalesce(c.territory, b.territory) AS territory, b.reason, b.days, b.f, b.l,
    coalesce(c.n, 0) AS n
  FROM bare b LEFT JOIN last_count c
    ON c.isrc = b.isrc AND (b.territory = '*' OR c.territory = b.territory))
SELECT *, CAST((CAST(n AS HUGEINT) * least(days, :days)) // :days AS BIGINT) AS last
FROM placed
