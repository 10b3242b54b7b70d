-- How many recordings await a report on each day, and whether reports have all their territories.
SELECT day, 'AWAITING_REPORT' AS reason, reported, false AS silent, count(*) AS n
FROM (SELECT isrc, day, bool_and(reported) AS reported FROM awaited_territory GROUP BY ALL)
GROUP BY ALL
