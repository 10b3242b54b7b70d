package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.sales.PreparedSales.Overlap;
import java.util.HashMap;
import java.util.Map;

/// What rows of sales claim, told as those of another sender can be: by the recording or, where one of the two does not
/// say it, by title and artist, or by release and title.
final class NamedClaims {
    private NamedClaims() {}

    /// Every different claim, with the report that makes it: by the ISRC, or that which a person has matched, and by
    /// names, of which only letters and digits count.
    ///
    /// @param sales a relation of rows of `sales`
    /// @param matches a relation of `usage_matches`
    static String of(String sales, String matches) {
        return """
            SELECT report_id, service, territory, usage_type, usage_start, usage_end, recording, unnamed,
              min(by_artist) AS by_artist, min(by_release) AS by_release
            FROM (
              SELECT s.report_id, coalesce(s.service, '') AS service, coalesce(s.territory, '') AS territory,
                coalesce(s.usage_type, '') AS usage_type, coalesce(s.usage_start, DATE '0001-01-01') AS usage_start,
                coalesce(s.usage_end, DATE '0001-01-01') AS usage_end, coalesce(s.isrc, m.isrc, '') AS recording,
                CASE WHEN coalesce(s.isrc, m.isrc) IS NULL THEN coalesce(s.usage_key, '') ELSE '' END AS unnamed,
                CASE WHEN name <> '' AND artist_name <> '' THEN name || '|' || artist_name ELSE '' END AS by_artist,
                CASE WHEN coalesce(s.upc, '') <> '' THEN s.upc || '|' || name ELSE '' END AS by_release
              FROM (SELECT *, regexp_replace(lower(strip_accents(coalesce(title, ''))), '[^\\p{L}\\p{N}]+', '', 'g') AS name,
                  regexp_replace(lower(strip_accents(coalesce(artist, ''))), '[^\\p{L}\\p{N}]+', '', 'g') AS artist_name
                FROM %s) s
              LEFT JOIN %s m ON s.isrc IS NULL AND m.usage_key = s.usage_key)
            GROUP BY ALL
            """.formatted(sales, matches);
    }

    /// How far the rows of one report claim what others do.
    ///
    /// @param ours a relation of [#of]
    /// @param theirs likewise
    /// @return by report, those that have a claim in common
    static Map<String, Overlap> overlaps(DuckDb duck, String ours, String theirs) {
        Map<String, Overlap> overlaps = new HashMap<>();
        duck.list(
                        """
            WITH ours AS MATERIALIZED (%s),
            theirs AS MATERIALIZED (SELECT *, row_number() OVER () AS k FROM (%s)),
            met AS (
              SELECT t.report_id, t.k FROM theirs t
              JOIN ours o USING (service, territory, usage_type, usage_start, usage_end, recording) WHERE recording <> ''
              UNION
              SELECT t.report_id, t.k FROM theirs t
              JOIN ours o USING (service, territory, usage_type, usage_start, usage_end, by_artist)
              WHERE by_artist <> '' AND (o.recording = '' OR t.recording = '')
              UNION
              SELECT t.report_id, t.k FROM theirs t
              JOIN ours o USING (service, territory, usage_type, usage_start, usage_end, by_release)
              WHERE by_release <> '' AND (o.recording = '' OR t.recording = ''))
            SELECT report_id, (SELECT count(*) FROM ours), any_value(total), count(*)
            FROM met JOIN (SELECT report_id, count(*) AS total FROM theirs GROUP BY report_id) USING (report_id)
            GROUP BY report_id
            """.formatted(ours, theirs),
                        row -> Map.entry(row.getString(1), new Overlap(row.getLong(2), row.getLong(3), row.getLong(4))))
                .forEach(one -> overlaps.put(one.getKey(), one.getValue()));
        return overlaps;
    }
}
