-- The reports' counts and money, which is in one currency where c and c2 are the same.
SELECT s.isrc, s.territory, s.usage_type, CAST(sum(s.quantity) AS BIGINT) AS n,
  min(s.usage_start) AS f, max(s.usage_end) AS t,
  min(CASE WHEN s.net_revenue IS NOT NULL THEN y.n END) AS c,
  max(CASE WHEN s.net_revenue IS NOT NULL THEN y.n END) AS c2,
  CAST(sum(s.net_revenue) AS DECIMAL(38,18)) AS revenue, {reports}
FROM counted_row s
LEFT JOIN report_name m ON m.name = s.report_id
LEFT JOIN currency_number y ON y.currency = coalesce(s.currency, 'XXX')
GROUP BY s.isrc, s.territory, s.usage_type
