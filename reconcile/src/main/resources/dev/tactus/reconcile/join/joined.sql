-- The rows of `reconciled`: API counts and report counts side by side, which of them is payable, how final, and why.
WITH both_sides AS (
  SELECT coalesce(a.isrc, r.isrc) AS isrc, coalesce(a.territory, r.territory) AS territory,
    coalesce(a.usage_type, r.usage_type) AS usage_type, a.n AS api_count, r.n AS report_count,
    r.n - a.n AS v, a.days AS days, coalesce(a.added_up, false) AS added_up, r.f, r.t, r.c, r.c2,
    r.revenue, {a_runs}, {r_reports}
  FROM api_side a FULL JOIN report_sum r
    ON a.isrc = r.isrc AND a.territory = r.territory AND a.usage_type = r.usage_type),
ruled AS (
  SELECT *, {absolute} AS most_plays, {relative} AS most_share, {tolerance} AS tolerance,
    {variance_final} AS decides, {api_pays} AS api_pays, {unreported_pays} AS unreported_pays
  FROM both_sides),
judged AS (
  SELECT *,
    CASE WHEN report_count IS NULL THEN CASE WHEN {out} THEN 'not_reported' ELSE 'api_only' END
      WHEN api_count IS NULL THEN 'report_only'
      WHEN report_count = api_count THEN 'agreed'
      WHEN abs(v) <= most_plays
        OR CAST(abs(v) AS HUGEINT) * :share_units <= CAST(most_share AS HUGEINT) * abs(api_count)
        THEN 'within_tolerance'
      ELSE 'variance' END AS status
  FROM ruled)
SELECT :source AS source, b.isrc, b.territory, b.usage_type, :period AS period,
  b.api_count, b.report_count,
  CAST(CASE b.status WHEN 'api_only' THEN CASE WHEN b.api_pays THEN b.api_count ELSE 0 END
    WHEN 'not_reported' THEN CASE WHEN b.unreported_pays THEN b.api_count ELSE 0 END
    ELSE b.report_count END AS BIGINT) AS payable_count,
  CASE WHEN b.status = 'api_only' OR (b.status = 'not_reported' AND b.unreported_pays) THEN 'api'
    ELSE 'report' END AS basis,
  CASE WHEN b.status = 'api_only' OR (b.status = 'variance' AND NOT b.decides)
    OR (b.status = 'not_reported' AND b.unreported_pays) THEN 'provisional' ELSE 'final' END AS finality,
  CAST(b.v AS DECIMAL(38,18)) AS variance, b.status,
  CASE WHEN b.c = b.c2 THEN y.currency END AS currency,
  CASE WHEN b.c = b.c2 THEN b.revenue END AS report_revenue,
  -- rounded half up at six decimals, in whole numbers
  CASE WHEN b.api_count <> 0 THEN CAST(CAST(CASE WHEN (b.v < 0) <> (b.api_count < 0) THEN -1 ELSE 1 END * (
      (CAST(abs(b.v) AS HUGEINT) * 2000000 + abs(b.api_count)) // (2 * CAST(abs(b.api_count) AS HUGEINT))
    ) AS DECIMAL(32,0)) * CAST(0.000001 AS DECIMAL(6,6)) AS DECIMAL(38,18)) END AS variance_relative,
  -- an audit joins closed periods over again: these sentences are theirs, too
  CASE b.status
      WHEN 'agreed' THEN 'API and report agree; the report is payable'
      WHEN 'within_tolerance' THEN 'they differ within the tolerance of ' || b.tolerance || '; the report is payable'
      WHEN 'variance' THEN 'they differ beyond the tolerance of ' || b.tolerance || CASE WHEN b.decides
        THEN '; the statement decides'
        ELSE '; the report is payable provisionally, until somebody has looked' END
      WHEN 'api_only' THEN 'no report has it' || CASE WHEN b.api_pays
        THEN '; the API''s count stands in until there is one'
        ELSE '; nothing is payable until there is one' END
      WHEN 'not_reported' THEN 'the statement is out and does not have it' || CASE WHEN b.unreported_pays
        THEN '; the API''s count stands in'
        ELSE '; nothing is payable, ask the service' END
      ELSE 'the API gave no count; the report is payable' END
    || CASE WHEN b.status IN ('within_tolerance', 'variance') AND NOT b.added_up AND b.days < :days
      THEN '; the API counted on ' || b.days || ' of ' || :days || ' days' ELSE '' END
    || CASE WHEN b.added_up THEN '; the API''s territories are added up, as the report knows only the world'
      ELSE '' END
    || CASE WHEN o.isrc IS NULL THEN '' ELSE '; a report''s row of ' || o.f || '..' || o.t
      || ' reaches beyond the period and is left out whole' END
    || CASE WHEN x.isrc IS NULL THEN '' ELSE '; the rows of ' || x.labels
      || ' for the same usage are left out, so that nothing is payable twice' END AS explanation,
  k.title, k.artists, b.days AS api_days, b.f AS report_from, b.t AS report_to,
  CASE WHEN b.c IS NULL THEN []
    WHEN b.c = b.c2 THEN [struct_pack(currency := y.currency, amount := b.revenue)]
    ELSE s.revenues END AS revenues,
  coalesce(rn.names, []) AS run_ids, coalesce(rp.names, []) AS report_ids,
  CAST({api_snapshot} AS BIGINT) AS api_snapshot_id, CAST({report_snapshot} AS BIGINT) AS report_snapshot_id,
  :id AS reconciliation_id
FROM judged b
LEFT JOIN catalog k ON k.isrc = b.isrc
LEFT JOIN currency_number y ON y.n = b.c
LEFT JOIN report_money s ON s.isrc = b.isrc AND s.territory = b.territory AND s.usage_type = b.usage_type
LEFT JOIN reaching_row o ON o.isrc = b.isrc AND o.territory = b.territory AND o.usage_type = b.usage_type
LEFT JOIN group_beside x ON x.isrc = b.isrc AND x.territory = b.territory AND x.usage_type = b.usage_type
LEFT JOIN run_name_list rn ON {run_list}
LEFT JOIN report_name_list rp ON {report_list}
