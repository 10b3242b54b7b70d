-- How many payloads of a run were let go.
SELECT count(*)
FROM {payloads}
WHERE run_id = :run AND body IS NULL
