-- The recordings of which nothing landed on a day: whether a report has them, or a statement is silent about them.
SELECT k.isrc, coalesce(a.reason, 'NEVER_ASKED') AS reason, s.isrc IS NOT NULL AS reported,
  c.isrc IS NULL AND (coalesce(a.reason, '') = 'NOT_FOUND'
    OR (coalesce(a.reason, 'NEVER_ASKED') = 'NEVER_ASKED'
      AND EXISTS (SELECT 1 FROM statement_span WHERE :day BETWEEN f AND t))) AS silent
FROM catalog k
LEFT JOIN answer a ON a.isrc = k.isrc
LEFT JOIN (SELECT DISTINCT isrc FROM reported_span WHERE :day BETWEEN f AND t) s ON s.isrc = k.isrc
LEFT JOIN last_recording c ON c.isrc = k.isrc
WHERE a.reason IS NULL OR a.reason <> 'LANDED'
