-- The first row that two relations with these columns don't have alike.
SELECT isrc, territory, usage_type
FROM (
  (SELECT {columns} FROM {closed} EXCEPT ALL SELECT {columns} FROM {joined})
  UNION ALL
  (SELECT {columns} FROM {joined} EXCEPT ALL SELECT {columns} FROM {closed}))
ORDER BY ALL
LIMIT 1
