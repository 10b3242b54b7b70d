-- By how much the money of a closed period differs from what it was closed with and what has been booked since.
SELECT isrc, territory, usage_type,
  list(struct_pack(currency := c, amount := a) ORDER BY c) AS revenues, count(*) AS currencies,
  min(c) AS c, min(a) AS a
FROM (
  SELECT isrc, territory, usage_type, c, CAST(sum(a) AS DECIMAL(38,18)) AS a FROM (
    SELECT * FROM restated_money
    UNION ALL SELECT isrc, territory, usage_type, c, -a FROM closed_money
    UNION ALL SELECT isrc, territory, usage_type, c, -a FROM booked_money)
  GROUP BY ALL HAVING sum(a) <> 0)
GROUP BY ALL
