-- The rows that are meant, those with the largest differences first.
SELECT isrc, territory, usage_type, title, artists, status, api_count, report_count, money, explanation, state, id
FROM variance
WHERE (:isrc = '' OR isrc = :isrc) AND (:territory = '' OR territory = :territory)
  AND (:usage_type = '' OR usage_type = :usage_type) AND state IN :states
ORDER BY abs(coalesce(report_count, 0) - coalesce(api_count, 0)) DESC, isrc, territory, usage_type
LIMIT :most
