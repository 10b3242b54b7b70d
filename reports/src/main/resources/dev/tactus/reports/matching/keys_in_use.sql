SELECT DISTINCT coalesce(isrc, usage_key) FROM sales
WHERE coalesce(isrc, usage_key) IN :keys
