-- Whose usage of a period was reconciled.
SELECT DISTINCT source FROM {reconciled} WHERE period = :period ORDER BY source
