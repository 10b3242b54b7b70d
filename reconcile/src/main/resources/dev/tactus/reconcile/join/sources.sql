-- Whose usage of a period's days the reports tell of.
SELECT DISTINCT source
FROM statement
WHERE source <> '' AND usage_start <= :to AND usage_end >= :from
ORDER BY source
