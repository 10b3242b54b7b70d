-- The first count of a run whose payload is not there.
SELECT isrc || ' ' || territory || ' ' || day || ' names the payload ' || payload_sha256
FROM {streams}
WHERE run_id = :run AND payload_sha256 NOT IN (SELECT payload_sha256 FROM {payloads})
ORDER BY ALL
LIMIT 1
