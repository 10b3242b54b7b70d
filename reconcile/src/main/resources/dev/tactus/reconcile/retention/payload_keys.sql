-- Answers that are old enough, and that nothing open needs unless that is to go too.
SELECT DISTINCT payload_sha256 AS key
FROM {payloads}
WHERE body IS NOT NULL AND fetched_at < CAST(:before AS TIMESTAMPTZ)
  AND (:forced = 1
    OR (payload_sha256 NOT IN (SELECT payload_sha256 FROM retention_needed)
      AND payload_sha256 NOT IN (SELECT payload_sha256 FROM retention_letters)))
