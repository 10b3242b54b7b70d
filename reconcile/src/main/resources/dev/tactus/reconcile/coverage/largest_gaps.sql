-- The gaps that counted most in the period before.
SELECT g.isrc, k.title, g.territory, g.reason, g.days, g.f, g.l, g.last,
  coalesce(array_to_string(list_transform(e.revenues, lambda r: r.c || ' ' || r.a), ' '), '')
FROM gap g JOIN catalog k ON k.isrc = g.isrc
LEFT JOIN (
  SELECT isrc, territory, list(struct_pack(c := c, a := CAST(a AS VARCHAR)) ORDER BY c) AS revenues
  FROM last_revenue GROUP BY ALL) e ON e.isrc = g.isrc AND e.territory = g.territory
ORDER BY g.last DESC, g.n DESC, g.days DESC, g.isrc, g.territory, g.reason
LIMIT :most
