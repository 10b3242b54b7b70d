package dev.tactus.reconcile;

import dev.tactus.lake.Workbench;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// What a reconciliation comes to.
///
/// @param byStatus every status that occurs
/// @param revenues what the reports' counted rows earned, by currency, sorted
/// @param leftOut rows of reports that overlap the period and were not counted, and why
public record Totals(Map<Status, Line> byStatus, List<Money> revenues, List<LeftOut> leftOut) {
    public Totals {
        byStatus = Map.copyOf(byStatus);
        revenues = List.copyOf(revenues);
        leftOut = List.copyOf(leftOut);
    }

    /// Some rows' sums.
    ///
    /// @param provisional payable counts that are not final
    public record Line(long rows, long api, long report, long payable, long provisional) {
        static final Line NONE = new Line(0, 0, 0, 0, 0);

        Line plus(Line other) {
            return new Line(
                    rows + other.rows,
                    api + other.api,
                    report + other.report,
                    payable + other.payable,
                    provisional + other.provisional);
        }
    }

    /// The sums of one status.
    public Line of(Status status) {
        return byStatus.getOrDefault(status, Line.NONE);
    }

    /// The sums of all rows.
    public Line all() {
        return byStatus.values().stream().reduce(Line.NONE, Line::plus);
    }

    /// Reads them from a relation with the columns of `reconciled`.
    static Totals of(Workbench bench, String relation, List<LeftOut> leftOut) {
        Map<Status, Line> lines = new EnumMap<>(Status.class);
        Asked.list(
                bench,
                """
                SELECT status, count(*), CAST(coalesce(sum(api_count), 0) AS BIGINT),
                  CAST(coalesce(sum(report_count), 0) AS BIGINT), CAST(coalesce(sum(payable_count), 0) AS BIGINT),
                  CAST(coalesce(sum(CASE WHEN finality = 'provisional' THEN payable_count END), 0) AS BIGINT)
                FROM %s GROUP BY status
                """.formatted(relation),
                row -> lines.put(
                        Status.valueOf(String.valueOf(row.getFirst()).toUpperCase(Locale.ROOT)),
                        new Line(
                                Asked.number(row.get(1)),
                                Asked.number(row.get(2)),
                                Asked.number(row.get(3)),
                                Asked.number(row.get(4)),
                                Asked.number(row.get(5)))));
        List<Money> revenues = Asked.list(
                bench,
                """
                SELECT c, CAST(sum(a) AS DECIMAL(38,18)) FROM (
                  SELECT currency AS c, report_revenue AS a FROM %1$s WHERE currency IS NOT NULL
                  UNION ALL
                  SELECT r.currency, r.amount FROM (
                    SELECT unnest(revenues) AS r FROM %1$s WHERE currency IS NULL AND len(revenues) > 0))
                GROUP BY c ORDER BY c
                """.formatted(relation),
                row -> new Money(String.valueOf(row.get(0)), (BigDecimal) Objects.requireNonNull(row.get(1))));
        return new Totals(lines, revenues, leftOut);
    }
}
