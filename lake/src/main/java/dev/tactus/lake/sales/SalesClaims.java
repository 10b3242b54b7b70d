package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.sales.PreparedSales.Overlap;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What rows of sales claim: that a service used a recording in a territory, in a way, on some days, by a statement.
final class SalesClaims {
    private static final String USE = "coalesce(service, '') AS service, coalesce(isrc, usage_key, '') AS recording,"
            + " coalesce(territory, '') AS territory, coalesce(usage_type, '') AS usage_type,"
            + " coalesce(usage_start, DATE '0001-01-01') AS usage_start,"
            + " coalesce(usage_end, DATE '0001-01-01') AS usage_end";
    private static final String COLUMNS = "service, recording, territory, usage_type, usage_start, usage_end";
    private static final String STATEMENT = "statement_period";

    private SalesClaims() {}

    /// Every different claim, with the report that makes it.
    static String of(String sales, String where) {
        return "SELECT DISTINCT report_id, " + USE + ", coalesce(statement_period, '') AS " + STATEMENT + " FROM "
                + sales + where;
    }

    /// How far the rows of one report claim what others do.
    ///
    /// @param ours a relation of rows of `sales`
    /// @param theirs a relation of rows of `sales`, or of claims
    /// @param statements whether claims of different statements are different claims
    /// @return by report, those that have a claim in common
    static Map<String, Overlap> overlaps(DuckDb duck, String ours, String theirs, boolean statements) {
        String columns = COLUMNS + (statements ? ", " + STATEMENT : "");
        List<Map.Entry<String, Overlap>> found = duck.list(
                "WITH ours AS (SELECT DISTINCT " + columns + ", true AS common FROM (" + ours + ")),"
                        + " theirs AS (SELECT DISTINCT report_id, " + columns + " FROM (" + theirs + "))"
                        + " SELECT report_id, (SELECT count(*) FROM ours), count(*), count(common)"
                        + " FROM theirs LEFT JOIN ours USING (" + columns + ")"
                        + " GROUP BY report_id HAVING count(common) > 0",
                SalesClaims::read);
        Map<String, Overlap> overlaps = new HashMap<>();
        found.forEach(one -> overlaps.put(one.getKey(), one.getValue()));
        return overlaps;
    }

    private static Map.Entry<String, Overlap> read(ResultSet row) throws SQLException {
        return Map.entry(row.getString(1), new Overlap(row.getLong(2), row.getLong(3), row.getLong(4)));
    }

    /// A condition for the rows of these reports.
    static String whereReport(Collection<String> reportIds) {
        return " WHERE report_id IN ("
                + reportIds.stream().map(DuckDbSql::text).sorted().collect(Collectors.joining(", ")) + ")";
    }
}
