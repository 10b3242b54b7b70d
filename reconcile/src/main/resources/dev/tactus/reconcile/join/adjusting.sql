-- The rows of `adjustments` that an open period books for a closed one.
SELECT :source AS source, d.isrc, d.territory, d.usage_type, :corrects AS corrects, :period AS period,
  :close_id AS close_id, d.closed AS closed_count, d.booked AS booked_count, d.restated AS restated_count,
  d.restated - d.closed - d.booked AS payable_count, coalesce(j.basis, 'report') AS basis,
  CASE WHEN m.currencies = 1 THEN m.c END AS currency,
  CASE WHEN m.currencies = 1 THEN m.a END AS report_revenue,
  CASE WHEN j.isrc IS NULL THEN 'nobody counts it any more'
    WHEN w.isrc IS NULL THEN 'nobody had counted it: ' || j.explanation
    ELSE j.explanation END AS explanation,
  coalesce(j.title, w.title) AS title, coalesce(j.artists, w.artists) AS artists,
  coalesce(m.revenues, []) AS revenues, coalesce(j.run_ids, []) AS run_ids,
  coalesce(j.report_ids, []) AS report_ids, :id AS reconciliation_id
FROM count_delta d
LEFT JOIN money_delta m USING (isrc, territory, usage_type)
LEFT JOIN restated_row j USING (isrc, territory, usage_type)
LEFT JOIN closed_row w USING (isrc, territory, usage_type)
WHERE d.restated - d.closed - d.booked <> 0 OR m.isrc IS NOT NULL
