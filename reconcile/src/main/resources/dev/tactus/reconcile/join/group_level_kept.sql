-- Groups of one level beside what is left of their members: which of the two stands aside. What was decided before is
-- kept: a group that stood aside for its members does, and what was counted stays so beside what has come since. Else
-- members stand aside where all of them together have less than a tenth of what the group has: a few late sales are not
-- its usage said again.
SELECT isrc, usage_type, label, territory, usage_start, usage_end, member_label, member, member_start, member_end,
  CASE WHEN stood_aside THEN true WHEN was_counted THEN false
    WHEN max(member_counted) OVER (PARTITION BY isrc, usage_type, label, usage_start, usage_end) > 0 THEN true
    ELSE sum(member_size) OVER (PARTITION BY isrc, usage_type, label, usage_start, usage_end) * 10 >= size END AS finer
FROM (
  SELECT g.isrc, g.usage_type, g.label, g.territory, g.usage_start, g.usage_end,
    m.label AS member_label, m.territory AS member, m.usage_start AS member_start, m.usage_end AS member_end,
    CASE WHEN g.units > 0 THEN g.units ELSE g.money END AS size,
    CASE WHEN g.units > 0 THEN m.units ELSE m.money END AS member_size,
    coalesce(kg.beside_members, false) AS stood_aside, coalesce(kg.counted, false) AS was_counted,
    CASE WHEN coalesce(km.counted, false) THEN 1 ELSE 0 END AS member_counted
  FROM {claims} g
  JOIN territory_precedence p ON p.coarser = g.label AND p.level = {level}
  JOIN {claims} m ON m.label = p.finer AND m.isrc = g.isrc AND m.usage_type = g.usage_type
    AND m.usage_start <= g.usage_end AND m.usage_end >= g.usage_start
  LEFT JOIN kept_claim kg ON kg.isrc = g.isrc AND kg.usage_type = g.usage_type AND kg.label = g.label
    AND kg.usage_start = g.usage_start AND kg.usage_end = g.usage_end
  LEFT JOIN kept_claim km ON km.isrc = m.isrc AND km.usage_type = m.usage_type AND km.label = m.label
    AND km.usage_start = m.usage_start AND km.usage_end = m.usage_end
  WHERE ((g.units > 0 AND m.units > 0) OR (g.units = 0 AND g.money > 0 AND m.units >= 0 AND m.money > 0))
    AND NOT (coalesce(kg.counted, false) AND coalesce(km.counted, false)))
