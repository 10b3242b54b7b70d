-- The money of rows, an amount a row.
SELECT isrc, territory, usage_type, r.currency AS c, r.amount AS a
FROM (SELECT isrc, territory, usage_type, unnest(revenues) AS r FROM {rows})
