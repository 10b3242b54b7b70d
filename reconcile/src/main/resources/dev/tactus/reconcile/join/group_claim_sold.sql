-- What was sold of a recording in a territory or a group, on some days, as rows say that are no refunds: units and money
-- of all of them together. Where there are none, both are nothing.
SELECT isrc, usage_type, coalesce(territory_reported, territory) AS label, any_value(territory) AS territory,
  usage_start, usage_end,
  sum(CASE WHEN quantity >= 0 AND coalesce(net_revenue, 0) >= 0 THEN quantity ELSE 0 END) AS units,
  sum(CASE WHEN quantity >= 0 AND coalesce(net_revenue, 0) >= 0 THEN coalesce(net_revenue, 0) ELSE 0 END) AS money
FROM {rows}
WHERE place = 'counted'
GROUP BY isrc, usage_type, label, usage_start, usage_end
