-- What the API counted in the period before.
SELECT isrc, territory, CAST(sum(stream_count) AS BIGINT) AS n
FROM {streams}
WHERE source = :source AND day BETWEEN :from AND :to
GROUP BY isrc, territory
