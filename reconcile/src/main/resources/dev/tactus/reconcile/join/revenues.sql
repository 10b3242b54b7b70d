-- What rows with the columns of `reconciled` earned, by currency.
SELECT c, CAST(sum(a) AS DECIMAL(38,18)) FROM (
  SELECT currency AS c, report_revenue AS a FROM {rows} WHERE currency IS NOT NULL
  UNION ALL
  SELECT r.currency, r.amount FROM (
    SELECT unnest(revenues) AS r FROM {rows} WHERE currency IS NULL AND len(revenues) > 0))
GROUP BY c
ORDER BY c
