-- The payable counts of a closed period: as it was closed, as booked since by other periods, and as they would be now.
SELECT isrc, territory, usage_type, CAST(sum(w) AS BIGINT) AS closed, CAST(sum(b) AS BIGINT) AS booked,
  CAST(sum(n) AS BIGINT) AS restated
FROM (
  SELECT isrc, territory, usage_type, payable_count AS w, 0 AS b, 0 AS n FROM closed_row
  UNION ALL SELECT isrc, territory, usage_type, 0, payable_count, 0 FROM booked_row
  UNION ALL SELECT isrc, territory, usage_type, 0, 0, payable_count FROM restated_row)
GROUP BY ALL
