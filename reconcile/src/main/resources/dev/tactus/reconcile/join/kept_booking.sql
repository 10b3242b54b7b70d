-- What an open period has booked for closed ones that are open again.
SELECT * REPLACE (:id AS reconciliation_id) FROM {adjustments}
WHERE period = :period AND corrects IN :reopened
