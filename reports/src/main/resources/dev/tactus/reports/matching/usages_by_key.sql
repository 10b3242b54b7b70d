-- The usage of one part, a row a key: what rows with the key have in common, and what they come to.
WITH money AS (
  SELECT key, list(currency || ' ' || CAST(revenue AS VARCHAR) ORDER BY currency) AS revenue FROM (
    SELECT key, currency, CAST(sum(revenue) AS DECIMAL(38,18)) AS revenue FROM usage
    WHERE currency IS NOT NULL GROUP BY ALL)
  GROUP BY key)
SELECT *, name_key(title, artist) AS name_key, 'upc:' || trim(upc) AS upc_key FROM (
  SELECT u.key, any_value(u.isrc) AS isrc, any_value(u.upc) AS upc, any_value(u.title) AS title,
    any_value(u.artist) AS artist,
    coalesce(array_to_string(list_sort(list_distinct(list(u.sender))), '; '), '') AS senders,
    coalesce(array_to_string(list_sort(list_distinct(list(u.service))), '; '), '') AS services,
    CAST(sum(u.rows) AS BIGINT) AS rows, CAST(sum(u.quantity) AS DECIMAL(38,0)) AS quantity,
    min(u.first_day) AS first_day, max(u.last_day) AS last_day
  FROM usage u GROUP BY u.key)
LEFT JOIN money USING (key)
