-- What reports counted in the period before.
SELECT isrc, territory, CAST(sum(quantity) AS BIGINT) AS n
FROM statement
WHERE source = :source AND ours AND isrc IS NOT NULL AND usage_start >= :from AND usage_end <= :to
  AND usage_type = 'stream'
GROUP BY isrc, territory
