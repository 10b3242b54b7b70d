package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.sales.PreparedSales.Likeness;
import dev.tactus.lake.sales.PreparedSales.Overlap;
import dev.tactus.lake.sales.PreparedSales.Repetition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What rows of sales claim: that a service used a recording in a territory, in a way, on some days, by a statement.
final class SalesClaims {
    private static final String USE = "coalesce(service, '') AS service, coalesce(isrc, usage_key, '') AS recording,"
            + " coalesce(territory, '') AS territory, coalesce(usage_type, '') AS usage_type,"
            + " coalesce(usage_start, DATE '0001-01-01') AS usage_start,"
            + " coalesce(usage_end, DATE '0001-01-01') AS usage_end";
    private static final String COLUMNS = "service, recording, territory, usage_type, usage_start, usage_end";
    private static final List<String> DAYS = List.of("usage_start", "usage_end");
    /// What a recording is called, and whether it has no other name.
    private static final String NAMES =
            "min(lower(trim(coalesce(title, upc, '')))) AS name, bool_and(isrc IS NULL) AS nameless";
    private static final String UNITS = "quantity";
    private static final String AMOUNTS = "quantity, currency, net_revenue";
    private static final String STATEMENT = "statement_period";

    private SalesClaims() {}

    /// Every different claim, with the report that makes it.
    static String of(String sales, String where) {
        return "SELECT DISTINCT report_id, " + USE + ", coalesce(statement_period, '') AS " + STATEMENT + " FROM "
                + sales + where;
    }

    /// Every different row that says more than zero, with how often it stands in a report.
    static String rows(String sales, String where) {
        return "SELECT report_id, " + USE + ", coalesce(statement_period, '') AS " + STATEMENT + ", " + AMOUNTS
                + ", " + NAMES + ", count(*) AS n FROM " + sales + where + (where.isEmpty() ? " WHERE " : " AND ")
                + "(coalesce(quantity, 0) <> 0 OR coalesce(net_revenue, 0) <> 0) GROUP BY ALL";
    }

    /// How many rows of one report are among those of others, with the same units and money.
    ///
    /// @param ours a relation of [#rows]
    /// @param theirs likewise
    /// @param alike what else has to be the same
    /// @param siblings reports whose rows count whatever their statement; of others those of another statement
    /// @return by report, those that have a row in common
    static Map<String, Repetition> repetitions(
            DuckDb duck, String ours, String theirs, Likeness alike, Collection<String> siblings) {
        String same = Stream.of(COLUMNS.split(", "))
                        .filter(column -> alike != Likeness.OTHER_DAYS || !DAYS.contains(column))
                        .map(column -> alike == Likeness.NAMES && column.equals("recording")
                                ? "o.name = t.name AND o.name <> '' AND o.nameless <> t.nameless"
                                : "o." + column + " = t." + column)
                        .collect(Collectors.joining(" AND "))
                + Stream.of((alike == Likeness.OTHER_MONEY ? UNITS : AMOUNTS).split(", "))
                        .map(column -> " AND o." + column + " IS NOT DISTINCT FROM t." + column)
                        .collect(Collectors.joining());
        // where one of the two has no ISRCs, not even the same statement was recognised
        String sibling = alike == Likeness.NAMES
                ? " OR true"
                : siblings.isEmpty()
                        ? ""
                        : " OR t.report_id IN ("
                                + siblings.stream()
                                        .map(DuckDbSql::text)
                                        .sorted()
                                        .collect(Collectors.joining(", ")) + ")";
        String counted = alike == Likeness.OTHER_MONEY ? " WHERE coalesce(quantity, 0) <> 0" : "";
        List<Map.Entry<String, Repetition>> found = duck.list(
                "WITH ours AS (SELECT *, row_number() OVER () AS k FROM (" + ours + ")" + counted + "), theirs AS ("
                        + "FROM (" + theirs + ")" + counted + "),"
                        + " met AS (SELECT t.report_id, k, least(any_value(o.n), sum(t.n)) AS n,"
                        + " hash(any_value(o.quantity), any_value(o.net_revenue)) AS amounts,"
                        + " min(o.statement_period) AS his, min(t.statement_period) AS its FROM ours o JOIN theirs t ON "
                        + same + " AND (o.statement_period <> t.statement_period" + sibling + ")"
                        + " GROUP BY t.report_id, k)"
                        + " SELECT report_id, (SELECT CAST(sum(n) AS BIGINT) FROM ours), CAST(any_value(total) AS BIGINT),"
                        + " CAST(sum(n) AS BIGINT), count(DISTINCT amounts), min(his), min(its)"
                        + " FROM met JOIN (SELECT report_id, sum(n) AS total FROM theirs GROUP BY report_id)"
                        + " USING (report_id) GROUP BY report_id",
                row -> Map.entry(
                        row.getString(1),
                        new Repetition(
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getString(6),
                                row.getString(7))));
        Map<String, Repetition> repetitions = new HashMap<>();
        found.forEach(one -> repetitions.put(one.getKey(), one.getValue()));
        return repetitions;
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
