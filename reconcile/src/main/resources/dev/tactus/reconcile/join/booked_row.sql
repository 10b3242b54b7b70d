-- What other periods have corrected of a closed one.
SELECT *
FROM {adjustments}
WHERE source = :source AND corrects = :corrects AND period <> :period
