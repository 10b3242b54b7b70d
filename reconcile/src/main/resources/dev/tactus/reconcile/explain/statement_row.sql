-- The rows of statements that name a recording, by their own ISRC or by what a person has matched.
SELECT report_id, line, coalesce(service, '') AS service, coalesce(territory, 'ZZ') AS territory,
  coalesce(usage_type, 'other') AS usage_type, usage_start, usage_end, coalesce(quantity, 0) AS quantity, currency,
  net_revenue, raw, coalesce(territory_reported, territory, 'ZZ') AS label
FROM {sales}
WHERE {which} AND usage_start <= :to AND usage_end >= :from
ORDER BY report_id, line
