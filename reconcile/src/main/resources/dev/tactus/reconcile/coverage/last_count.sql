-- What each recording counted in the period before, by territory: a report's count goes before the API's.
SELECT * FROM (
  SELECT coalesce(s.isrc, a.isrc) AS isrc, coalesce(s.territory, a.territory) AS territory,
    coalesce(s.n, a.n) AS n
  FROM last_report s FULL JOIN last_api a ON a.isrc = s.isrc AND a.territory = s.territory)
WHERE n > 0 AND isrc IN (SELECT isrc FROM catalog)
