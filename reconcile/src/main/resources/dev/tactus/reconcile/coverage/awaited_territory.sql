-- The territories that failed where the rest landed, and recordings that have to come by report: whether one has them.
SELECT w.isrc, w.day, w.territory, EXISTS (
    SELECT 1 FROM reported_territory s WHERE s.isrc = w.isrc AND w.day BETWEEN s.f AND s.t
      AND (w.territory = '*' OR s.territory = w.territory OR s.territory = 'WW')) AS reported
FROM awaited_day w
