-- The money of the groups that have several currencies.
SELECT isrc, territory, usage_type,
  list(struct_pack(currency := c, amount := revenue) ORDER BY c) AS revenues
FROM (
  SELECT isrc, territory, usage_type, coalesce(currency, 'XXX') AS c,
    CAST(sum(net_revenue) AS DECIMAL(38,18)) AS revenue
  FROM counted_row SEMI JOIN (SELECT isrc, territory, usage_type FROM report_sum WHERE c <> c2) k
    USING (isrc, territory, usage_type)
  WHERE net_revenue IS NOT NULL AND :several
  GROUP BY ALL)
GROUP BY ALL
