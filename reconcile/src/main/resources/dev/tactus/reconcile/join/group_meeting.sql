-- Where rows of a group stand beside rows of its members, as the first version of the rule had it: a member's row takes
-- the group's place whatever it says.
WITH may_count AS (
  SELECT isrc, usage_type, coalesce(territory_reported, territory) AS label, territory, usage_start, usage_end,
    bool_or(quantity <> 0 OR coalesce(net_revenue, 0) <> 0) AS says_something
  FROM {rows}
  WHERE place = 'counted'
  GROUP BY ALL)
SELECT DISTINCT g.isrc, g.usage_type, g.label, g.usage_start, g.usage_end, m.territory AS member,
  'group_beside_members' AS place
FROM may_count g
JOIN territory_precedence p ON p.coarser = g.label
JOIN may_count m ON m.label = p.finer AND m.isrc = g.isrc AND m.usage_type = g.usage_type
  AND m.usage_start <= g.usage_end AND m.usage_end >= g.usage_start
WHERE m.says_something
