package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbSql;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How far a report tells usage by other days than rows that are there, or than its own, though they have days in
/// common: a quarter and its months.
///
/// A cell is what a service does with a recording in a territory, in a way. Two ranges agree where the sum of all that
/// one sender says within the longer one comes to the same units, or, without units, to the same money, within 1 %.
///
/// @param ours cells of the report
/// @param theirs cells of the others
/// @param met cells of the report in which ranges that differ have days in common
/// @param agreed those of them in which a range and all within it agree
/// @param first the first range that agrees with what is within it; without days where none does
/// @param agreeing what the rows of the ranges that agree come to, by report
public record SharedDays(
        long ours, long theirs, long met, long agreed, List<LocalDate> first, List<AgreeingRows> agreeing) {
    public static final SharedDays NONE = new SharedDays(0, 0, 0, 0, List.of(), List.of());

    private static final String CELL = "service, recording, nameless, territory, usage_type";

    public SharedDays {
        first = List.copyOf(first);
        agreeing = List.copyOf(agreeing);
    }

    /// Rows of ranges that agree.
    ///
    /// @param longer whether they are those of the longer range
    public record AgreeingRows(String reportId, boolean longer, SalesSize size) {}

    /// Whether any range of the report has days in common with one that differs.
    ///
    /// @param ranges a relation of first and last days, of the report and of others
    static boolean exist(DuckDb duck, String id, String ranges) {
        return duck.number("""
            WITH ranges AS MATERIALIZED (
              SELECT DISTINCT report_id = %s AS fresh, usage_start, usage_end FROM (%s)
              WHERE usage_start > DATE '0001-01-01')
            SELECT count(*) FROM ranges a JOIN ranges b ON a.fresh AND a.usage_start <= b.usage_end
              AND a.usage_end >= b.usage_start AND (a.usage_start <> b.usage_start OR a.usage_end <> b.usage_end)
            """.formatted(DuckDbSql.text(id), ranges)) > 0;
    }

    /// Compares a report with others and with itself.
    ///
    /// @param rows a relation of [SalesClaims#rows], of the report and of others
    /// @param senders who has sent them, by report
    /// @param names whether titles tell the recordings, of which one has no ISRC
    static SharedDays of(DuckDb duck, String id, String rows, Map<String, String> senders, boolean names) {
        String fresh = DuckDbSql.text(id);
        String who = senders.entrySet().stream()
                .map(one -> "(" + DuckDbSql.text(one.getKey()) + ", " + DuckDbSql.text(one.getValue()) + ")")
                .sorted()
                .collect(Collectors.joining(", "));
        duck.run("""
            CREATE OR REPLACE TEMP TABLE range_rows AS
            SELECT sender, report_id, service, %s AS recording, %s AS nameless, territory, usage_type, usage_start,
              usage_end, currency, CAST(sum(n) AS BIGINT) AS n, sum(coalesce(quantity, 0) * n) AS units,
              sum(net_revenue * n) AS money
            FROM (%s) JOIN (VALUES %s) w(report_id, sender) USING (report_id)
            WHERE usage_start > DATE '0001-01-01' GROUP BY ALL
            """.formatted(names ? "name" : "recording", names ? "nameless" : "false", rows, who));
        duck.run("""
            CREATE OR REPLACE TEMP TABLE range_cells AS
            SELECT sender, %s, usage_start, usage_end, sum(units) AS units, sum(coalesce(money, 0)) AS money,
              CASE WHEN count(DISTINCT currency) = 1 THEN min(currency) END AS currency,
              bool_or(report_id = %s) AS fresh
            FROM range_rows WHERE recording <> '' GROUP BY ALL
            """.formatted(CELL, fresh));
        String same = "a.service = b.service AND a.recording = b.recording AND a.territory = b.territory AND"
                + " a.usage_type = b.usage_type AND a.nameless " + (names ? "<>" : "=") + " b.nameless";
        String differ = "(a.usage_start <> b.usage_start OR a.usage_end <> b.usage_end)";
        duck.run("""
            CREATE OR REPLACE TEMP TABLE range_parts AS
            SELECT a.sender AS longer_sender, b.sender AS shorter_sender, a.service, a.recording, a.nameless,
              b.nameless AS other_nameless, a.territory, a.usage_type, a.usage_start AS longer_start,
              a.usage_end AS longer_end, b.usage_start, b.usage_end, a.units AS longer_units, a.money AS longer_money,
              a.currency AS longer_currency, b.units, b.money, b.currency, a.fresh OR b.fresh AS fresh
            FROM range_cells a JOIN range_cells b ON %s AND %s AND a.usage_start <= b.usage_start
              AND a.usage_end >= b.usage_end
            """.formatted(same, differ));
        // halves of a month whose whole is there, too, are no further parts of its quarter
        duck.run("""
            CREATE OR REPLACE TEMP TABLE range_sums AS
            WITH outermost AS (
              SELECT * FROM range_parts p ANTI JOIN range_parts m ON p.longer_sender = m.longer_sender
                AND p.shorter_sender = m.shorter_sender AND p.service = m.service AND p.recording = m.recording
                AND p.other_nameless = m.other_nameless AND p.territory = m.territory AND p.usage_type = m.usage_type
                AND p.longer_start = m.longer_start AND p.longer_end = m.longer_end
                AND m.usage_start <= p.usage_start AND m.usage_end >= p.usage_end
                AND (m.usage_start <> p.usage_start OR m.usage_end <> p.usage_end))
            SELECT longer_sender, shorter_sender, service, recording, nameless, other_nameless, territory, usage_type,
              longer_start, longer_end
            FROM outermost GROUP BY ALL
            HAVING bool_or(fresh) AND CASE WHEN any_value(longer_units) <> 0 OR sum(units) <> 0
              THEN abs(any_value(longer_units) - sum(units)) * 100 <= greatest(abs(any_value(longer_units)), abs(sum(units)))
              ELSE any_value(longer_money) <> 0 AND abs(any_value(longer_money) - sum(money)) * 100 <= abs(any_value(longer_money))
                AND count(DISTINCT coalesce(currency, '')) = 1 AND any_value(longer_currency) = any_value(currency) END
            """);
        long agreed = duck.number(
                "SELECT count(*) FROM (SELECT DISTINCT service, recording, territory, usage_type FROM range_sums)");
        return new SharedDays(
                cells(duck, "report_id = " + fresh),
                cells(duck, "report_id <> " + fresh),
                duck.number("SELECT count(*) FROM (SELECT DISTINCT a.service, a.recording, a.territory, a.usage_type"
                        + " FROM range_cells a JOIN range_cells b ON " + same + " AND " + differ
                        + " AND a.usage_start <= b.usage_end AND a.usage_end >= b.usage_start"
                        + " WHERE a.fresh)"),
                agreed,
                agreed == 0 ? List.of() : first(duck),
                agreed == 0 ? List.of() : agreeing(duck));
    }

    private static long cells(DuckDb duck, String where) {
        return duck.number("SELECT count(*) FROM (SELECT DISTINCT " + CELL + " FROM range_rows WHERE " + where + ")");
    }

    private static List<LocalDate> first(DuckDb duck) {
        return duck.list(
                        "SELECT CAST(longer_start AS VARCHAR), CAST(longer_end AS VARCHAR) FROM range_sums"
                                + " ORDER BY longer_start, longer_end LIMIT 1",
                        row -> List.of(LocalDate.parse(row.getString(1)), LocalDate.parse(row.getString(2))))
                .getFirst();
    }

    private static List<AgreeingRows> agreeing(DuckDb duck) {
        Map<Map.Entry<String, Boolean>, SalesSize> sizes =
                new TreeMap<>(Map.Entry.<String, Boolean>comparingByKey().thenComparing(Map.Entry.comparingByValue()));
        duck.list("""
                        SELECT report_id, longer, currency, CAST(sum(n) AS BIGINT), CAST(sum(units) AS VARCHAR), sum(money)
                        FROM (
                          SELECT r.*, true AS longer FROM range_rows r SEMI JOIN range_sums s ON r.sender = s.longer_sender
                            AND r.service = s.service AND r.recording = s.recording AND r.nameless = s.nameless
                            AND r.territory = s.territory AND r.usage_type = s.usage_type
                            AND r.usage_start = s.longer_start AND r.usage_end = s.longer_end
                          UNION ALL
                          SELECT r.*, false AS longer FROM range_rows r SEMI JOIN range_sums s ON r.sender = s.shorter_sender
                            AND r.service = s.service AND r.recording = s.recording AND r.nameless = s.other_nameless
                            AND r.territory = s.territory AND r.usage_type = s.usage_type
                            AND r.usage_start >= s.longer_start AND r.usage_end <= s.longer_end
                            AND (r.usage_start <> s.longer_start OR r.usage_end <> s.longer_end))
                        GROUP BY ALL
                        """, SharedDays::read)
                .forEach(one -> sizes.merge(Map.entry(one.reportId, one.longer), one.size, SalesSize::plus));
        return sizes.entrySet().stream()
                .map(one -> new AgreeingRows(one.getKey().getKey(), one.getKey().getValue(), one.getValue()))
                .toList();
    }

    private static AgreeingRows read(ResultSet row) throws SQLException {
        TreeMap<String, BigDecimal> money = new TreeMap<>();
        BigDecimal amount = row.getBigDecimal(6);
        if (amount != null) {
            money.put(String.valueOf(row.getString(3)), amount);
        }
        return new AgreeingRows(
                row.getString(1),
                row.getBoolean(2),
                new SalesSize(row.getLong(4), new BigDecimal(row.getString(5)).toBigInteger(), money));
    }
}
