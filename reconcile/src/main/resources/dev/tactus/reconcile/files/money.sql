-- What reports earned in a period and in the one before it, the most money first.
WITH sums AS (
  SELECT false AS earlier, {column} AS name, unnest(revenues) AS r FROM {now}
  UNION ALL SELECT true, {column}, unnest(revenues) FROM {before})
SELECT name, r.currency, CAST(sum(r.amount) FILTER (WHERE NOT earlier) AS DECIMAL(38,18)) AS now,
  CAST(sum(r.amount) FILTER (WHERE earlier) AS DECIMAL(38,18)) AS before
FROM sums
GROUP BY 1, 2
ORDER BY abs(coalesce(now, 0)) DESC, abs(coalesce(before, 0)) DESC, 1, 2
