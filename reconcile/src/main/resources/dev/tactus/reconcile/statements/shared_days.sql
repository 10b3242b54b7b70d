-- Usage of one recording, territory and kind that is told by ranges of days that differ and have days in common.
WITH said AS MATERIALIZED (
  SELECT DISTINCT coalesce(s.sender, '') AS sender, CASE WHEN u.usage_key IS NULL THEN s.isrc ELSE u.isrc END AS isrc,
    coalesce(s.territory_reported, s.territory, 'ZZ') AS label, coalesce(s.usage_type, 'other') AS usage_type,
    s.usage_start, s.usage_end
  FROM {sales} s LEFT JOIN {matches} u ON u.usage_key = coalesce(s.isrc, s.usage_key)
  WHERE s.service IN :services AND s.usage_start >= :from AND s.usage_end <= :to
    AND (coalesce(s.quantity, 0) <> 0 OR coalesce(s.net_revenue, 0) <> 0))
SELECT least(a.sender, b.sender), greatest(a.sender, b.sender),
  min(a.usage_start || '..' || a.usage_end || ' and ' || b.usage_start || '..' || b.usage_end),
  count(DISTINCT (a.isrc, a.label, a.usage_type))
FROM said a JOIN said b ON a.isrc = b.isrc AND a.label = b.label AND a.usage_type = b.usage_type
  AND a.usage_start <= b.usage_end AND a.usage_end >= b.usage_start
  AND (a.usage_start < b.usage_start OR (a.usage_start = b.usage_start AND a.usage_end > b.usage_end))
GROUP BY ALL
ORDER BY ALL
