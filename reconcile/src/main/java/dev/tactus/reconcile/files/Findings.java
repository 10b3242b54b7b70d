package dev.tactus.reconcile.files;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.join.QueryRows;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a person wants to see first of a reconciliation: where the two sides differ, and what it rests on.
///
/// @param territories all, the largest differences first
/// @param differences the rows that both sides have and whose difference is largest, at most [#LISTED]
/// @param differing how many rows differ
/// @param oneSided the largest rows that only one side has, at most [#LISTED]
/// @param oneSidedCount how many there are
/// @param statements the reports whose rows were counted, the largest first, at most [#LISTED]
/// @param statementCount how many there are
record Findings(
        List<Territory> territories,
        List<Difference> differences,
        long differing,
        List<Difference> oneSided,
        long oneSidedCount,
        List<Statement> statements,
        long statementCount) {
    /// So many are listed; the spreadsheet and the CSV have all.
    static final int LISTED = 20;

    Findings {
        territories = List.copyOf(territories);
        differences = List.copyOf(differences);
        oneSided = List.copyOf(oneSided);
        statements = List.copyOf(statements);
    }

    /// A territory's sums.
    ///
    /// @param api of the rows that both sides have
    /// @param report of the same rows
    /// @param apiOnly counts of rows that only the API has
    /// @param reportOnly counts of rows that only reports have
    record Territory(String code, long api, long report, long apiOnly, long reportOnly, long payable) {
        long difference() {
            return report - api;
        }
    }

    /// A row whose sides differ.
    ///
    /// @param api absent where the API gave no count
    /// @param report absent where no report names it
    record Difference(
            String isrc,
            Optional<String> title,
            Optional<String> artists,
            String territory,
            String usageType,
            Optional<Long> api,
            Optional<Long> report,
            String explanation) {
        long difference() {
            return report.orElse(0L) - api.orElse(0L);
        }

        String name() {
            return title.filter(text -> !text.isBlank()).orElse(isrc);
        }
    }

    /// A report whose rows were counted.
    record Statement(String id, long rows) {}

    /// Reads them from rows with the columns of `reconciled`.
    static Findings of(Workbench bench, String relation) {
        String differing = " FROM " + relation + " WHERE api_count <> report_count";
        String oneSided = " FROM " + relation + " WHERE api_count IS NULL OR report_count IS NULL";
        return new Findings(
                QueryRows.list(bench, sql("territories", relation).text(), Findings::territory),
                differences(bench, differing),
                bench.number("SELECT count(*)" + differing),
                differences(bench, oneSided),
                bench.number("SELECT count(*)" + oneSided),
                QueryRows.list(
                        bench,
                        sql("statements", relation).with("most", LISTED).text(),
                        row -> new Statement(String.valueOf(row.get(0)), QueryRows.number(row.get(1)))),
                bench.number("SELECT count(DISTINCT id) FROM (SELECT unnest(report_ids) AS id FROM " + relation + ")"));
    }

    private static SqlResource sql(String name, String relation) {
        return SqlResource.of(Findings.class, name).insert("rows", relation);
    }

    private static Territory territory(List<@Nullable Object> row) {
        return new Territory(
                String.valueOf(row.get(0)),
                QueryRows.number(row.get(1)),
                QueryRows.number(row.get(2)),
                QueryRows.number(row.get(3)),
                QueryRows.number(row.get(4)),
                QueryRows.number(row.get(5)));
    }

    /// What a person should look at first.
    static final String BY_DIFFERENCE =
            "abs(coalesce(report_count, 0) - coalesce(api_count, 0)) DESC, isrc, territory, usage_type";

    private static List<Difference> differences(Workbench bench, String from) {
        return QueryRows.list(
                bench,
                "SELECT isrc, title, artists, territory, usage_type, api_count, report_count, explanation" + from
                        + " ORDER BY " + BY_DIFFERENCE + " LIMIT " + LISTED,
                Findings::difference);
    }

    private static Difference difference(List<@Nullable Object> row) {
        return new Difference(
                String.valueOf(row.get(0)),
                text(row.get(1)),
                text(row.get(2)),
                String.valueOf(row.get(3)),
                String.valueOf(row.get(4)),
                Optional.ofNullable(row.get(5)).map(QueryRows::number),
                Optional.ofNullable(row.get(6)).map(QueryRows::number),
                String.valueOf(row.get(7)));
    }

    private static Optional<String> text(@Nullable Object value) {
        return Optional.ofNullable(value).map(Objects::toString);
    }

    /// A part of a whole as a person reads it: `+2.1 %`; nothing where there is no whole.
    static Optional<BigDecimal> share(long part, long whole) {
        return whole == 0
                ? Optional.empty()
                : Optional.of(
                        BigDecimal.valueOf(part).divide(BigDecimal.valueOf(Math.abs(whole)), MathContext.DECIMAL64));
    }
}
