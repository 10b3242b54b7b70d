-- What was sold by territory and group, and whether it was counted, or left out beside the members of a group.
SELECT c.isrc, c.usage_type, c.label, c.usage_start, c.usage_end, a.label IS NULL AS counted,
  coalesce(a.place = 'group_beside_members', false) AS beside_members
FROM ({claims}) c
LEFT JOIN (SELECT isrc, usage_type, label, usage_start, usage_end, min(place) AS place FROM group_meeting
    GROUP BY isrc, usage_type, label, usage_start, usage_end) a
  ON a.isrc = c.isrc AND a.usage_type = c.usage_type AND a.label = c.label
  AND a.usage_start = c.usage_start AND a.usage_end = c.usage_end
WHERE c.units > 0 OR c.money > 0
