-- The rows of sales reports under the names that the API's counts have.
SELECT s.report_id, coalesce(m.source, '') AS source, s.isrc AS isrc, true AS ours,
  coalesce(s.territory, 'ZZ') AS territory, coalesce(s.usage_type, 'other') AS usage_type,
  s.usage_start, s.usage_end, coalesce(s.quantity, 0) AS quantity, s.currency, s.net_revenue,
  s.territory_reported
FROM {sales} s LEFT JOIN service_source m ON m.service = s.service
