-- Usage of one part of the keys that no decision and no recording of the catalog is known for, by currency and service.
CREATE OR REPLACE TABLE usage AS
SELECT coalesce(s.isrc, s.usage_key) AS key, s.currency, any_value(s.isrc) AS isrc,
  any_value(s.upc) AS upc, any_value(s.title) AS title, any_value(s.artist) AS artist, s.sender, s.service,
  count(*) AS rows, CAST(coalesce(sum(s.quantity), 0) AS DECIMAL(38,0)) AS quantity,
  CAST(coalesce(sum(s.net_revenue), 0) AS DECIMAL(38,18)) AS revenue,
  min(s.usage_start) AS first_day, max(s.usage_end) AS last_day
FROM {sales} s
WHERE hash(coalesce(s.isrc, s.usage_key)) % :parts = :part
  AND NOT EXISTS (SELECT 1 FROM {matches} m WHERE m.usage_key = coalesce(s.isrc, s.usage_key))
  AND NOT EXISTS (SELECT 1 FROM catalog c WHERE c.isrc = s.isrc)
GROUP BY ALL
