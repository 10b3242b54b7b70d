-- Answers, each once, however often the same bytes came.
SELECT payload_sha256, any_value(endpoint), any_value(request), any_value(body)
FROM {payloads}
WHERE payload_sha256 IN :digests
GROUP BY payload_sha256
