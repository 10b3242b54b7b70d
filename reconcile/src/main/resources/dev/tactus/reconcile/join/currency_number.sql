-- The least and the greatest currency of a group are taken as numbers: for texts they would cost a state each.
SELECT currency, CAST(row_number() OVER (ORDER BY currency) AS SMALLINT) AS n
FROM (SELECT DISTINCT coalesce(currency, 'XXX') AS currency FROM counted_row)
