-- What statements pay in a period, and its corrections of closed ones, less what was exported before.
WITH now AS (
  SELECT '' AS corrects, isrc, territory, usage_type, title, artists, payable_count AS units, revenues
  FROM {reconciled} WHERE basis = 'report'
  UNION ALL SELECT corrects, isrc, territory, usage_type, title, artists, payable_count, revenues
  FROM {adjustments} WHERE basis = 'report'),
-- the units stand with the first currency
paid AS (
  SELECT corrects, isrc, territory, usage_type, title, artists, m.currency AS currency,
    CASE WHEN len(revenues) = 0 OR m.currency = revenues[1].currency THEN units ELSE 0 END AS units, m.amount AS amount
  FROM (SELECT *, unnest(CASE WHEN len(revenues) > 0 THEN revenues
    ELSE [struct_pack(currency := '', amount := CAST(0 AS DECIMAL(38,18)))] END) AS m FROM now)),
changed AS (
  SELECT corrects, isrc, territory, usage_type, currency, max(title) AS title, max(artists) AS artists,
    CAST(sum(units) AS BIGINT) AS units, CAST(sum(amount) AS DECIMAL(38,18)) AS amount
  FROM (
    SELECT corrects, isrc, territory, usage_type, currency, title, artists,
      units, amount FROM paid
    UNION ALL SELECT corrects, isrc, territory, usage_type, currency, NULL, NULL, -units,
      -CAST(amount AS DECIMAL(38,18)) FROM exported)
  GROUP BY corrects, isrc, territory, usage_type, currency)
SELECT corrects, isrc, territory, usage_type, currency, title, artists, units, amount
FROM changed
WHERE units <> 0 OR amount <> 0
ORDER BY 1, 2, 3, 4, 5
