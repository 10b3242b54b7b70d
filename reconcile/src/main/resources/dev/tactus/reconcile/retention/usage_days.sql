-- The days that the rows of reports are about, by service.
SELECT report_id, coalesce(service, ''), min(usage_start), max(usage_end)
FROM {sales}
WHERE usage_start IS NOT NULL AND usage_end IS NOT NULL
GROUP BY ALL
