-- The first payload of a run that is not what its digest says.
SELECT request || ' has the digest ' || payload_sha256 || ' and its body ' || sha256(body)
FROM {payloads}
WHERE run_id = :run AND sha256(body) <> payload_sha256
ORDER BY ALL
LIMIT 1
