-- The reports' rows that overlap the period and are not counted.
SELECT place, report_id, usage_start, usage_end, count(*), CAST(sum(quantity) AS BIGINT),
  CASE WHEN net_revenue IS NOT NULL THEN coalesce(currency, 'XXX') END AS c,
  CAST(sum(net_revenue) AS DECIMAL(38,18))
FROM report_row
WHERE place <> 'counted'
GROUP BY 1, 2, 3, 4, 7
ORDER BY 1, 2, 3, 4, 7
