-- The same, with the recordings that people have matched to usage: none where they said that it is not ours.
SELECT s.report_id, coalesce(m.source, '') AS source,
  CASE WHEN u.usage_key IS NULL THEN s.isrc ELSE u.isrc END AS isrc,
  (u.usage_key IS NULL OR u.isrc IS NOT NULL) AS ours,
  coalesce(s.territory, 'ZZ') AS territory, coalesce(s.usage_type, 'other') AS usage_type,
  s.usage_start, s.usage_end, coalesce(s.quantity, 0) AS quantity, s.currency, s.net_revenue,
  s.territory_reported
FROM {sales} s LEFT JOIN service_source m ON m.service = s.service
LEFT JOIN {matches} u ON u.usage_key = coalesce(s.isrc, s.usage_key)
