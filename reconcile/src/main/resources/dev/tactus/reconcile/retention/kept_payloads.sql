-- Answers that are old enough and stay, by source.
SELECT n.source, min(n.day), max(n.day), count(DISTINCT n.payload_sha256)
FROM retention_needed n
JOIN {payloads} p ON p.payload_sha256 = n.payload_sha256
WHERE p.body IS NOT NULL AND p.fetched_at < CAST(:before AS TIMESTAMPTZ)
GROUP BY n.source
ORDER BY n.source
