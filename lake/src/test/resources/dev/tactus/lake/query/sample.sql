-- :source and {rows} in a comment are only words
SELECT ':source' AS kept, CAST(n AS BIGINT)::VARCHAR AS n, struct_pack(a := :flag) AS s
FROM {rows}
WHERE source = :source AND day >= :from AND n > 3 - :least AND kind IN :kinds
