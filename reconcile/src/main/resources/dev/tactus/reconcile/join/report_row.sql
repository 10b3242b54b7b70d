-- The reports' rows with what becomes of each, once it is known which of groups and their members stand aside.
SELECT p.* REPLACE (coalesce(g.place, p.place) AS place)
FROM placed_row p
LEFT JOIN group_aside g ON p.place = 'counted' AND g.isrc = p.isrc AND g.usage_type = p.usage_type
  AND g.label = coalesce(p.territory_reported, p.territory)
  AND g.usage_start = p.usage_start AND g.usage_end = p.usage_end
