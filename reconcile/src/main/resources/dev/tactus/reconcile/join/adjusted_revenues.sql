-- By how much the money of a closed period is corrected, by currency.
SELECT r.currency, CAST(sum(r.amount) AS DECIMAL(38,18))
FROM (SELECT unnest(revenues) AS r FROM {adjustments} WHERE close_id = :close_id)
GROUP BY 1
ORDER BY 1
