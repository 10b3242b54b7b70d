-- Usage that becomes a recording's by a decision, beside what is that recording's otherwise: of the same service,
-- territory, kind and, in part, days. What is worth most first.
WITH decided(usage_key, isrc) AS (VALUES {decided}),
claims AS (
  SELECT coalesce(d.isrc, m.isrc, s.isrc) AS recording, coalesce(s.isrc, s.usage_key) AS key, d.isrc IS NOT NULL AS fresh,
    s.service, s.territory, s.usage_type, s.usage_start, s.usage_end, s.currency, s.report_id, min(s.line) AS line,
    count(*) AS n, CAST(coalesce(sum(s.quantity), 0) AS VARCHAR) AS units, sum(s.net_revenue) AS money
  FROM sales s
  LEFT JOIN usage_matches m ON m.usage_key = coalesce(s.isrc, s.usage_key)
  LEFT JOIN decided d ON d.usage_key = coalesce(s.isrc, s.usage_key)
  WHERE d.usage_key IS NOT NULL OR m.usage_key IS NULL OR m.isrc IS NOT NULL
  GROUP BY ALL)
SELECT o.key, o.recording, o.report_id, o.line, o.n, o.units, o.money, o.currency,
  t.report_id, t.line, t.n, t.units, t.money, t.currency,
  coalesce(o.service, '') || ', ' || coalesce(o.territory, 'ZZ') || ', ' || coalesce(o.usage_type, 'other') || ', '
    || o.usage_start || '..' || o.usage_end, count(*) OVER ()
FROM claims o
JOIN claims t ON t.recording = o.recording AND t.key <> o.key AND (NOT t.fresh OR t.key < o.key)
  AND t.service IS NOT DISTINCT FROM o.service AND t.territory IS NOT DISTINCT FROM o.territory
  AND t.usage_type IS NOT DISTINCT FROM o.usage_type
  AND t.usage_start <= o.usage_end AND t.usage_end >= o.usage_start
WHERE o.fresh
ORDER BY abs(coalesce(o.money, 0)) DESC, o.key, o.report_id, o.line, t.report_id, t.line
LIMIT {most}
