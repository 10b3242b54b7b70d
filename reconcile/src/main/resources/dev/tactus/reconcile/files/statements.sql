-- The reports that most rows are made from.
SELECT id, count(*) AS n
FROM (SELECT unnest(report_ids) AS id FROM {rows})
GROUP BY id
ORDER BY n DESC, id
LIMIT :most
