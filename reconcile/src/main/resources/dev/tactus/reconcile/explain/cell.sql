-- The cells of a recording in a period.
SELECT source, isrc, title, territory, usage_type, api_count, report_count, payable_count, basis, finality, status,
  explanation, api_snapshot_id, report_snapshot_id,
  array_to_string(list_transform(revenues, lambda r: r.currency || ' ' || CAST(r.amount AS VARCHAR)), chr(10))
FROM {reconciled}
WHERE isrc = :isrc AND period = :period
ORDER BY source, territory, usage_type
