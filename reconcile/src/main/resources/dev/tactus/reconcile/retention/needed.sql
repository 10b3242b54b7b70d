-- Answers that rows of days in no closed period were read from.
SELECT DISTINCT r.payload_sha256, r.source, r.day
FROM {rows} r
WHERE NOT EXISTS (
  SELECT 1 FROM retention_closed c WHERE c.source = r.source AND r.day BETWEEN c.first_day AND c.last_day)
