-- Refunds and adjustments of what stands aside: all rows of the same territory or group, on days that they share.
SELECT c.isrc, c.usage_type, c.label, c.usage_start, c.usage_end, min(a.member) AS member, min(a.place) AS place
FROM claims0 c
JOIN claims0 s ON s.isrc = c.isrc AND s.usage_type = c.usage_type AND s.label = c.label
  AND s.usage_start <= c.usage_end AND s.usage_end >= c.usage_start AND (s.units > 0 OR s.money > 0)
LEFT JOIN all_aside a ON a.isrc = s.isrc AND a.usage_type = s.usage_type AND a.label = s.label
  AND a.usage_start = s.usage_start AND a.usage_end = s.usage_end
WHERE c.units = 0 AND c.money = 0
GROUP BY c.isrc, c.usage_type, c.label, c.usage_start, c.usage_end
HAVING count(*) = count(a.label)
