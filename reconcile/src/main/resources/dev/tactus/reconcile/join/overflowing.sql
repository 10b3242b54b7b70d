-- The reports with the largest counts, where all counts together are more than a count can be; else none.
WITH report AS (
  SELECT report_id, sum(abs(CAST(quantity AS HUGEINT))) AS n FROM report_row GROUP BY report_id),
total AS (
  SELECT (SELECT coalesce(sum(n), 0) FROM report)
    + (SELECT coalesce(sum(abs(CAST(stream_count AS HUGEINT))), 0) FROM api_day) AS n)
SELECT report_id || coalesce(' (' || CAST(n AS VARCHAR) || ')', '')
FROM (SELECT report_id, n FROM report UNION ALL SELECT 'the API', NULL WHERE NOT EXISTS (SELECT * FROM report))
WHERE (SELECT n FROM total) > 9223372036854775807
ORDER BY n DESC NULLS LAST, report_id
LIMIT 3
