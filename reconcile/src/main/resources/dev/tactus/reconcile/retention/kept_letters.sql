-- Answers that are old enough and stay for the sake of open dead letters alone, by source.
SELECT p.source, count(DISTINCT p.payload_sha256)
FROM {payloads} p
WHERE p.body IS NOT NULL AND p.fetched_at < CAST(:before AS TIMESTAMPTZ)
  AND p.payload_sha256 IN (SELECT payload_sha256 FROM retention_letters)
  AND p.payload_sha256 NOT IN (SELECT payload_sha256 FROM retention_needed)
GROUP BY p.source
ORDER BY p.source
