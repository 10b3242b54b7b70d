-- How many pairs of ranges differ and have days in common.
WITH spans AS MATERIALIZED (
  SELECT DISTINCT usage_start, usage_end FROM {sales}
  WHERE service IN :services AND usage_start >= :from AND usage_end <= :to)
SELECT count(*)
FROM spans a JOIN spans b ON a.usage_start <= b.usage_end AND a.usage_end >= b.usage_start
  AND (a.usage_start <> b.usage_start OR a.usage_end <> b.usage_end)
