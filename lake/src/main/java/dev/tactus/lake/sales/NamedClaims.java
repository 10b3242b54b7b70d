package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.sales.PreparedSales.Overlap;
import java.util.HashMap;
import java.util.Map;

/// What rows of sales claim, told as those of another sender can be: by the recording or, where one of the two does not
/// say it, by title and artist, or by release and title.
final class NamedClaims {
    private NamedClaims() {}

    /// Every different claim, with the report that makes it.
    ///
    /// @param sales a relation of rows of `sales`
    /// @param matches a relation of `usage_matches`
    static String of(String sales, String matches) {
        return SqlResource.of(NamedClaims.class, "named_claim")
                .insert("sales", sales)
                .insert("matches", matches)
                .text();
    }

    /// How far the rows of one report claim what others do.
    ///
    /// @param ours a relation of [#of]
    /// @param theirs likewise
    /// @return by report, those that have a claim in common
    static Map<String, Overlap> overlaps(DuckDb duck, String ours, String theirs) {
        Map<String, Overlap> overlaps = new HashMap<>();
        duck.list(
                        SqlResource.of(NamedClaims.class, "named_overlap")
                                .insert("ours", ours)
                                .insert("theirs", theirs)
                                .text(),
                        row -> Map.entry(row.getString(1), new Overlap(row.getLong(2), row.getLong(3), row.getLong(4))))
                .forEach(one -> overlaps.put(one.getKey(), one.getValue()));
        return overlaps;
    }
}
