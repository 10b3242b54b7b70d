-- What was earned in the period before.
SELECT isrc, territory, coalesce(currency, 'XXX') AS c, CAST(sum(net_revenue) AS DECIMAL(38,18)) AS a
FROM statement
WHERE source = :source AND ours AND isrc IS NOT NULL AND usage_start >= :from AND usage_end <= :to
  AND net_revenue IS NOT NULL
GROUP BY ALL
