-- What the API counted of a recording, each count with its answer.
WITH days AS (
  SELECT day, territory, track_id, stream_count, run_id, payload_sha256, fetched_at
  FROM {streams}
  WHERE isrc = :isrc AND source = :source AND day BETWEEN :from AND :to),
answers AS (
  SELECT payload_sha256, fetched_at, min(endpoint) AS endpoint, min(request) AS request
  FROM {payloads}
  WHERE payload_sha256 IN (SELECT payload_sha256 FROM days)
  GROUP BY payload_sha256, fetched_at)
SELECT d.day, d.territory, d.track_id, d.stream_count, d.run_id, d.payload_sha256,
  epoch_us(d.fetched_at), a.endpoint, a.request
FROM days d LEFT JOIN answers a ON a.payload_sha256 = d.payload_sha256 AND a.fetched_at = d.fetched_at
ORDER BY d.day, d.territory, d.track_id
