-- The rows of a source and day, with the answers that they name.
SELECT payload_sha256, isrc, track_id, {part}, {value}
FROM {rows}
WHERE source = :source AND day = :day AND payload_sha256 LIKE :prefix
