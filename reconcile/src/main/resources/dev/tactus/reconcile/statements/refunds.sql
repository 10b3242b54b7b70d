-- Refunds that come to more than what was sold in the period of the same recording, territory or group, and kind of
-- usage: what they refund was sold in another one.
WITH said AS (
  SELECT CASE WHEN u.usage_key IS NULL THEN s.isrc ELSE u.isrc END AS isrc, coalesce(s.territory, 'ZZ') AS territory,
    coalesce(s.territory_reported, s.territory, 'ZZ') AS label, coalesce(s.usage_type, 'other') AS usage_type,
    CASE WHEN s.net_revenue IS NOT NULL THEN coalesce(s.currency, 'XXX') ELSE '' END AS currency,
    coalesce(s.quantity, 0) AS units, coalesce(s.net_revenue, 0) AS money,
    coalesce(s.quantity, 0) < 0 OR coalesce(s.net_revenue, 0) < 0 AS refund
  FROM {sales} s LEFT JOIN {matches} u ON u.usage_key = coalesce(s.isrc, s.usage_key)
  WHERE s.service IN :services AND s.usage_start >= :from AND s.usage_end <= :to),
refunded AS (SELECT DISTINCT isrc, label, usage_type, currency FROM said WHERE refund),
met AS (
  SELECT isrc, any_value(territory) AS territory, label, usage_type, currency, count(*) FILTER (WHERE refund) AS n,
    sum(units) AS units, sum(money) AS money
  FROM said SEMI JOIN refunded USING (isrc, label, usage_type, currency)
  GROUP BY isrc, label, usage_type, currency
  HAVING sum(units) < 0 OR sum(money) < 0)
SELECT m.currency, CAST(sum(m.n) AS BIGINT), CAST(sum(least(m.units, 0)) AS BIGINT),
  CAST(sum(least(m.money, 0)) AS DECIMAL(38,18)),
  CAST(coalesce(sum(m.n) FILTER (WHERE m.label <> m.territory OR m.label IN ('WW', 'ZZ')), 0) AS BIGINT),
  array_to_string(list_slice(list(m.isrc || ' in ' || m.label ORDER BY m.money, m.isrc, m.label), 1, 3), ', '), count(*)
FROM met m SEMI JOIN {rows} r ON r.isrc = m.isrc AND r.territory = m.territory AND r.usage_type = m.usage_type
GROUP BY m.currency
ORDER BY 1
