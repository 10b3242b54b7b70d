-- What the reports' counted rows earned, by currency, summed without the join.
SELECT coalesce(currency, 'XXX'), CAST(sum(net_revenue) AS DECIMAL(38,18))
FROM counted_row
WHERE net_revenue IS NOT NULL
GROUP BY 1
ORDER BY 1
