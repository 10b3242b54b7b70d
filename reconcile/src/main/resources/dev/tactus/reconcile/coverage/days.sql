-- Each day's recordings without a source, with a report, and with a silent statement; the API has answered for the rest.
SELECT day, CAST(coalesce(sum(n) FILTER (WHERE NOT reported AND NOT silent), 0) AS BIGINT),
  CAST(coalesce(sum(n) FILTER (WHERE reported), 0) AS BIGINT),
  CAST(coalesce(sum(n) FILTER (WHERE NOT reported AND silent AND reason <> 'NOT_FOUND'), 0) AS BIGINT)
FROM unlanded
GROUP BY day
