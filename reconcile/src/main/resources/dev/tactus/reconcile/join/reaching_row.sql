-- The reports' rows that reach beyond the period.
SELECT isrc, territory, usage_type, min(usage_start) AS f, max(usage_end) AS t
FROM report_row
WHERE place = 'outside_period' AND isrc IS NOT NULL
GROUP BY ALL
