-- The rows whose two sides differ, and those that somebody has decided about, each with where it stands.
WITH differing AS (
  SELECT r.isrc, r.territory, r.usage_type, r.title, r.artists, r.status, r.api_count, r.report_count, r.payable_count,
    r.finality, r.explanation, array_to_string(list_transform(r.revenues, lambda m:
      m.currency || ':' || rtrim(rtrim(CAST(m.amount AS VARCHAR), '0'), '.')), ' ') AS money
  FROM {rows} r LEFT JOIN decision d
    ON d.isrc = r.isrc AND d.territory = r.territory AND d.usage_type = r.usage_type
  WHERE r.status IN :differing OR d.id IS NOT NULL)
SELECT coalesce(r.isrc, d.isrc) AS isrc, coalesce(r.territory, d.territory) AS territory,
  coalesce(r.usage_type, d.usage_type) AS usage_type, r.title, r.artists, r.status, r.api_count, r.report_count,
  coalesce(r.money, '') AS money, r.explanation, r.payable_count, r.finality,
  CASE WHEN d.id IS NULL THEN 'open'
    WHEN r.isrc IS NULL OR r.status = 'agreed' THEN 'settled'
    WHEN r.api_count IS DISTINCT FROM d.api_count OR r.report_count IS DISTINCT FROM d.report_count
      OR coalesce(r.money, '') <> d.revenues THEN 'stale'
    ELSE d.verdict END AS state,
  d.id, d.comment, d.decided_by, d.decided_at
FROM differing r FULL JOIN decision d
  ON d.isrc = r.isrc AND d.territory = r.territory AND d.usage_type = r.usage_type
