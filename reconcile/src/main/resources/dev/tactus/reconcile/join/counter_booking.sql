-- A period that was closed, reopened and holds by now what other periods have booked for it: that is taken off again
-- here, so that its rows and all adjustments come to what would be today.
WITH booked AS (
  SELECT * FROM {adjustments}
  WHERE source = :source AND corrects IN :reopened AND period <> :period),
money AS (
  SELECT isrc, territory, usage_type, corrects, basis, list(struct_pack(currency := c, amount := a) ORDER BY c) AS revenues,
    count(*) AS currencies, min(c) AS c, min(a) AS a
  FROM (
    SELECT isrc, territory, usage_type, corrects, basis, r.currency AS c, CAST(-sum(r.amount) AS DECIMAL(38,18)) AS a
    FROM (SELECT isrc, territory, usage_type, corrects, basis, unnest(revenues) AS r FROM booked)
    GROUP BY ALL HAVING sum(r.amount) <> 0)
  GROUP BY ALL)
SELECT :source AS source, b.isrc, b.territory, b.usage_type, b.corrects, :period AS period,
  max(b.close_id) AS close_id, CAST(0 AS BIGINT) AS closed_count,
  CAST(sum(b.payable_count) AS BIGINT) AS booked_count, CAST(0 AS BIGINT) AS restated_count,
  CAST(-sum(b.payable_count) AS BIGINT) AS payable_count, b.basis,
  CASE WHEN any_value(m.currencies) = 1 THEN any_value(m.c) END AS currency,
  CASE WHEN any_value(m.currencies) = 1 THEN any_value(m.a) END AS report_revenue,
  'booked already by ' || string_agg(DISTINCT b.period, ', ' ORDER BY b.period)
    || ', before the period was opened again' AS explanation,
  max(b.title) AS title, max(b.artists) AS artists, coalesce(any_value(m.revenues), []) AS revenues,
  CAST([] AS VARCHAR[]) AS run_ids, CAST([] AS VARCHAR[]) AS report_ids, :id AS reconciliation_id
FROM booked b
LEFT JOIN money m ON m.isrc = b.isrc AND m.territory = b.territory AND m.usage_type = b.usage_type
  AND m.corrects = b.corrects AND m.basis = b.basis
GROUP BY b.isrc, b.territory, b.usage_type, b.corrects, b.basis
HAVING sum(b.payable_count) <> 0 OR any_value(m.isrc) IS NOT NULL
