-- The items that reports cover now and did not, or no longer do: by a row of streams in every territory that they await.
SELECT isrc, dataset, day, reported FROM (
  SELECT isrc, dataset, day, bool_or(covered) AS covered, bool_and(reported) AS reported FROM (
    SELECT a.isrc, a.dataset, a.day, a.covered, EXISTS (
      SELECT 1 FROM statement s
      WHERE s.source = :source AND s.usage_type = 'stream' AND s.isrc = a.isrc AND s.ours
        AND a.day BETWEEN s.usage_start AND s.usage_end
        AND (a.territory = '*' OR s.territory = a.territory OR s.territory = 'WW')) AS reported
    FROM awaited_item a)
  GROUP BY ALL)
WHERE covered <> reported
ORDER BY ALL
