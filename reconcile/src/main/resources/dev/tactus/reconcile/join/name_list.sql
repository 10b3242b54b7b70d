-- For each combination of names that a relation has: the names, sorted.
SELECT {c_words}, list(m.name ORDER BY m.name) AS names
FROM (SELECT DISTINCT {words} FROM {relation} WHERE {first} IS NOT NULL) c
JOIN {names} m ON {matches}
GROUP BY {c_words}
