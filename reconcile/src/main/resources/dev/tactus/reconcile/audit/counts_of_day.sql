-- The counts of a source and day, with the answers that they name.
SELECT payload_sha256, isrc, track_id, territory, {column}
FROM {counts}
WHERE source = :source AND day = :day AND payload_sha256 LIKE :prefix
