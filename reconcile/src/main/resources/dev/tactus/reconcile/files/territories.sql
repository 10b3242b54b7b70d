-- The sums of each territory, the largest differences first.
SELECT territory,
  CAST(coalesce(sum(api_count) FILTER (WHERE report_count IS NOT NULL), 0) AS BIGINT),
  CAST(coalesce(sum(report_count) FILTER (WHERE api_count IS NOT NULL), 0) AS BIGINT),
  CAST(coalesce(sum(api_count) FILTER (WHERE report_count IS NULL), 0) AS BIGINT),
  CAST(coalesce(sum(report_count) FILTER (WHERE api_count IS NULL), 0) AS BIGINT),
  CAST(coalesce(sum(payable_count), 0) AS BIGINT)
FROM {rows}
GROUP BY territory
ORDER BY abs(coalesce(sum(report_count - api_count), 0)) DESC, 6 DESC, territory
