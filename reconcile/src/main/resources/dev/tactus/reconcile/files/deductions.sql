-- What the reports that rows are made from hold beside sales.
SELECT sender, kind, heading, count(*), coalesce(currency, 'XXX'), CAST(sum(amount) AS DECIMAL(38,18))
FROM {deductions}
WHERE report_id IN (SELECT unnest(report_ids) FROM {rows})
GROUP BY ALL
ORDER BY sender, kind, heading NULLS FIRST, 5
