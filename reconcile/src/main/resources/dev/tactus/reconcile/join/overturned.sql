-- Of which recordings the rows would decide otherwise by now what stands aside: a group of territories or its members.
SELECT isrc, usage_type, string_agg(DISTINCT label, ', ' ORDER BY label) AS labels
FROM (
  (SELECT isrc, usage_type, label, usage_start, usage_end FROM group_aside
    EXCEPT SELECT isrc, usage_type, label, usage_start, usage_end FROM group_meeting)
  UNION ALL
  (SELECT isrc, usage_type, label, usage_start, usage_end FROM group_meeting
    EXCEPT SELECT isrc, usage_type, label, usage_start, usage_end FROM group_aside))
GROUP BY isrc, usage_type
ORDER BY isrc, usage_type
