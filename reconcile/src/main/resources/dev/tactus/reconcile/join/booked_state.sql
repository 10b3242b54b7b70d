-- What other periods have corrected of closed ones, and when they did.
SELECT DISTINCT corrects || ' ' || period || ' ' || reconciliation_id
FROM {adjustments}
WHERE source = :source AND period <> :period
ORDER BY ALL
