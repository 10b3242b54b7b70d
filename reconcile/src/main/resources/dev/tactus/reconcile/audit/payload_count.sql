-- How many payloads of a run have their bytes.
SELECT count(*)
FROM {payloads}
WHERE run_id = :run AND body IS NOT NULL
