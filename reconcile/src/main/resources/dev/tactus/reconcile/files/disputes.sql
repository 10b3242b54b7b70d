-- The rows of a period that somebody disputes, and those that are not reported and that nobody has accepted.
SELECT :service AS service, :period AS period, isrc, title, artists, territory, usage_type,
  api_count AS our_count, report_count AS reported_count,
  coalesce(report_count, 0) - coalesce(api_count, 0) AS difference, money AS reported_revenue,
  CASE WHEN report_count IS NULL THEN 'not reported' ELSE 'reported otherwise' END AS question,
  comment, decided_by, decided_at
FROM {variance}
WHERE state = 'disputed'
  OR (status = 'not_reported' AND state IN ('open', 'stale') AND abs(api_count) > :within)
