-- What a day's answers await. What an earlier run awaits does not count where a later one has had an answer.
SELECT DISTINCT a.isrc, a.day, a.territory
FROM awaited a JOIN answer n ON n.isrc = a.isrc AND n.run = a.run
WHERE a.day = :day AND a.isrc IN (SELECT isrc FROM catalog)
