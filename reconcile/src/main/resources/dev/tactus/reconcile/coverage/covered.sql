-- How many of an item's awaited territories reports cover.
SELECT isrc, day, count(*)
FROM awaited_item a
WHERE EXISTS (
  SELECT 1 FROM statement s
  WHERE s.source = :source AND s.usage_type = 'stream' AND s.isrc = a.isrc AND s.ours
    AND a.day BETWEEN s.usage_start AND s.usage_end
    AND (a.territory = '*' OR s.territory = a.territory OR s.territory = 'WW'))
GROUP BY ALL
