-- Groups of one level beside what is left of their members: which of the two stands aside. What has no units, or comes
-- to less than nothing, claims nothing: it is a refund or an adjustment. Members stand aside where all of them together
-- have less than a tenth of what the group has: a few late sales are not its usage said again.
SELECT *, sum(member_size) OVER (PARTITION BY isrc, usage_type, label, usage_start, usage_end) * 10 >= size AS finer
FROM (
  SELECT g.isrc, g.usage_type, g.label, g.territory, g.usage_start, g.usage_end,
    m.label AS member_label, m.territory AS member, m.usage_start AS member_start, m.usage_end AS member_end,
    CASE WHEN g.units > 0 THEN g.units ELSE g.money END AS size,
    CASE WHEN g.units > 0 THEN m.units ELSE m.money END AS member_size
  FROM {claims} g
  JOIN territory_precedence p ON p.coarser = g.label AND p.level = {level}
  JOIN {claims} m ON m.label = p.finer AND m.isrc = g.isrc AND m.usage_type = g.usage_type
    AND m.usage_start <= g.usage_end AND m.usage_end >= g.usage_start
  WHERE (g.units > 0 AND m.units > 0) OR (g.units = 0 AND g.money > 0 AND m.units >= 0 AND m.money > 0))
