-- Units and money of each sender, territory, kind of usage and currency: in the period, and in the months before.
WITH sold AS (
  SELECT sender, coalesce(territory, 'ZZ') AS territory, coalesce(usage_type, 'other') AS usage_type,
    coalesce(currency, 'XXX') AS currency, usage_start >= :from AS now,
    CAST(sum(quantity) AS BIGINT) AS units, CAST(sum(net_revenue) AS DECIMAL(38,18)) AS money
  FROM {sales}
  WHERE service IN :services AND usage_start >= :before AND usage_end <= :to
    AND (usage_start >= :from OR usage_end < :from) AND net_revenue IS NOT NULL AND quantity IS NOT NULL
  GROUP BY ALL)
SELECT n.sender, n.territory, n.usage_type, n.currency, p.units, p.money, n.units, n.money
FROM sold n JOIN sold p ON p.sender = n.sender AND p.territory = n.territory AND p.usage_type = n.usage_type
  AND p.currency = n.currency
WHERE n.now AND NOT p.now AND n.units > 0 AND p.units > 0
ORDER BY abs(n.money) DESC, 1, 2, 3, 4
