-- How many rows stand where, and what of their payable counts is not final.
SELECT state, count(*), CAST(coalesce(sum(payable_count) FILTER (WHERE finality = 'provisional'), 0) AS BIGINT)
FROM variance
GROUP BY state
