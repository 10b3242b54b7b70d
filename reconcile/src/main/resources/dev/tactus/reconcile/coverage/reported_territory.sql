-- Where and when reports have the recordings that await one.
SELECT DISTINCT isrc, territory, usage_start AS f, usage_end AS t
FROM counted_row
WHERE usage_type = 'stream' AND isrc IN (SELECT isrc FROM awaited_day)
