-- What is said of a recording in a territory or a group, on some days: units and money of all rows together.
SELECT isrc, usage_type, coalesce(territory_reported, territory) AS label, any_value(territory) AS territory,
  usage_start, usage_end, sum(quantity) AS units, sum(coalesce(net_revenue, 0)) AS money
FROM {rows}
WHERE place = 'counted'
GROUP BY isrc, usage_type, label, usage_start, usage_end
