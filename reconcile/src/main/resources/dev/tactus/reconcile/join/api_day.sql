-- What the API counted of a source, day by day.
SELECT isrc, territory, day, stream_count, run_id
FROM {streams}
WHERE source = :source AND day BETWEEN :from AND :to
