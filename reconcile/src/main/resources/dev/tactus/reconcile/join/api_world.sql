-- The API's counts, added up to the world for recordings of which a report knows nothing finer.
WITH placed AS (
  SELECT a.* REPLACE (CASE WHEN w.isrc IS NOT NULL AND own.isrc IS NULL THEN 'WW' ELSE a.territory END AS territory)
  FROM api_sum a
  LEFT JOIN (SELECT isrc FROM report_sum WHERE territory = 'WW' AND usage_type = 'stream'
    AND {knows}) w ON w.isrc = a.isrc
  LEFT JOIN (SELECT isrc, territory FROM report_sum WHERE usage_type = 'stream') own
    ON own.isrc = a.isrc AND own.territory = a.territory)
SELECT isrc, territory, usage_type, CAST(sum(n) AS BIGINT) AS n, max(days) AS days, {runs},
  territory = 'WW' AS added_up
FROM placed
GROUP BY isrc, territory, usage_type
