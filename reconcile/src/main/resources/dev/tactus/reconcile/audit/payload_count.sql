-- How many payloads a run has.
SELECT count(*)
FROM {payloads}
WHERE run_id = :run
