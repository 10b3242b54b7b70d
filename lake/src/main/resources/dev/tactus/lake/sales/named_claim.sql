-- What rows of sales claim, told as another sender's rows can be: by the ISRC, or that which a person has matched, and
-- by the names that rows without either have in common. Letters, digits and nothing else count in a name.
SELECT report_id, service, territory, usage_type, usage_start, usage_end, recording, unnamed,
  min(by_artist) AS by_artist, min(by_release) AS by_release
FROM (
  SELECT s.report_id, coalesce(s.service, '') AS service, coalesce(s.territory, '') AS territory,
    coalesce(s.usage_type, '') AS usage_type, coalesce(s.usage_start, DATE '0001-01-01') AS usage_start,
    coalesce(s.usage_end, DATE '0001-01-01') AS usage_end, coalesce(s.isrc, m.isrc, '') AS recording,
    CASE WHEN coalesce(s.isrc, m.isrc) IS NULL THEN coalesce(s.usage_key, '') ELSE '' END AS unnamed,
    CASE WHEN name <> '' AND artist_name <> '' THEN name || '|' || artist_name ELSE '' END AS by_artist,
    CASE WHEN coalesce(s.upc, '') <> '' THEN s.upc || '|' || name ELSE '' END AS by_release
  FROM (SELECT *, regexp_replace(lower(strip_accents(coalesce(title, ''))), '[^\p{L}\p{N}]+', '', 'g') AS name,
      regexp_replace(lower(strip_accents(coalesce(artist, ''))), '[^\p{L}\p{N}]+', '', 'g') AS artist_name
    FROM {sales}) s
  LEFT JOIN {matches} m ON s.isrc IS NULL AND m.usage_key = s.usage_key)
GROUP BY ALL
