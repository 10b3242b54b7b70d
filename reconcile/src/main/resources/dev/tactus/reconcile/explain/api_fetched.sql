-- When the answers came that a recording's counts are from.
SELECT DISTINCT epoch_us(fetched_at)
FROM {streams}
WHERE isrc = :isrc AND source = :source AND day BETWEEN :from AND :to
