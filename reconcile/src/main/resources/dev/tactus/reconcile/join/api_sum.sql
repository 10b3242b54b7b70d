-- The API's counts of the period, with the days that it counted and the runs that they come from.
SELECT d.isrc, d.territory, 'stream' AS usage_type, CAST(sum(d.stream_count) AS BIGINT) AS n,
  {days} AS days, {runs}
FROM api_day d LEFT JOIN run_name m ON m.name = d.run_id
GROUP BY d.isrc, d.territory
