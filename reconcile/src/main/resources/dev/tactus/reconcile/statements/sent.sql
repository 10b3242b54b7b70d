-- What each sender has sent of each service, by the months that the rows are about.
SELECT sender, service, report_id, strftime(usage_start, '%Y-%m'), strftime(usage_end, '%Y-%m'),
  CAST(least(sum(abs(CAST(coalesce(quantity, 0) AS HUGEINT))) + count(*), 1000000000000000) AS BIGINT)
FROM {sales}
WHERE sender IS NOT NULL AND service IS NOT NULL AND usage_start <= usage_end
GROUP BY ALL
ORDER BY ALL
