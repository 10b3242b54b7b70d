-- The groups, or members of one, whose rows stand aside for those of a cell.
SELECT isrc, member AS territory, usage_type, string_agg(DISTINCT label, ', ' ORDER BY label) AS labels
FROM group_meeting
GROUP BY ALL
