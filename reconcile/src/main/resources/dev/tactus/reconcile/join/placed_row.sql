-- The reports' rows of a source that overlap the period, and whether they may be counted or why not.
SELECT *, CASE
  WHEN NOT ours THEN 'not_ours'
  WHEN NOT (usage_start >= :from AND usage_end <= :to) THEN 'outside_period'
  WHEN isrc IS NULL THEN 'no_isrc'
  WHEN NOT (:every_recording OR isrc IN (SELECT isrc FROM catalog)) THEN 'not_in_catalog'
  ELSE 'counted' END AS place
FROM statement
WHERE source = :source AND usage_start <= :to AND usage_end >= :from
