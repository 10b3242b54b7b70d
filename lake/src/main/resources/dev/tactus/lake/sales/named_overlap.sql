-- How many claims of reports another report makes, too: of the same recording, or of the same names where one of the two
-- does not say the recording.
WITH ours AS MATERIALIZED ({ours}),
theirs AS MATERIALIZED (SELECT *, row_number() OVER () AS k FROM ({theirs})),
met AS (
  SELECT t.report_id, t.k FROM theirs t
  JOIN ours o USING (service, territory, usage_type, usage_start, usage_end, recording) WHERE recording <> ''
  UNION
  SELECT t.report_id, t.k FROM theirs t
  JOIN ours o USING (service, territory, usage_type, usage_start, usage_end, by_artist)
  WHERE by_artist <> '' AND (o.recording = '' OR t.recording = '')
  UNION
  SELECT t.report_id, t.k FROM theirs t
  JOIN ours o USING (service, territory, usage_type, usage_start, usage_end, by_release)
  WHERE by_release <> '' AND (o.recording = '' OR t.recording = ''))
SELECT report_id, (SELECT count(*) FROM ours), any_value(total), count(*)
FROM met JOIN (SELECT report_id, count(*) AS total FROM theirs GROUP BY report_id) USING (report_id)
GROUP BY report_id
