-- The sums of each status, of rows with the columns of `reconciled`.
SELECT status, count(*), CAST(coalesce(sum(api_count), 0) AS BIGINT),
  CAST(coalesce(sum(report_count), 0) AS BIGINT), CAST(coalesce(sum(payable_count), 0) AS BIGINT),
  CAST(coalesce(sum(CASE WHEN finality = 'provisional' THEN payable_count END), 0) AS BIGINT)
FROM {rows}
GROUP BY status
