package dev.tactus.reconcile.join;

import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.ReconciliationStatus;
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
public record ReconciliationTotals(
        Map<ReconciliationStatus, Sums> byStatus, List<Money> revenues, List<ExcludedUsage> leftOut) {
    public ReconciliationTotals {
        byStatus = Map.copyOf(byStatus);
        revenues = List.copyOf(revenues);
        leftOut = List.copyOf(leftOut);
    }

    /// Some rows' sums.
    ///
    /// @param provisional payable counts that are not final
    public record Sums(long rows, long api, long report, long payable, long provisional) {
        public static final Sums NONE = new Sums(0, 0, 0, 0, 0);

        Sums plus(Sums other) {
            return new Sums(
                    rows + other.rows,
                    api + other.api,
                    report + other.report,
                    payable + other.payable,
                    provisional + other.provisional);
        }
    }

    /// The sums of one status.
    public Sums of(ReconciliationStatus status) {
        return byStatus.getOrDefault(status, Sums.NONE);
    }

    /// The sums of all rows.
    public Sums all() {
        return byStatus.values().stream().reduce(Sums.NONE, Sums::plus);
    }

    /// Reads them from a relation with the columns of `reconciled`.
    public static ReconciliationTotals of(Workbench bench, String relation, List<ExcludedUsage> leftOut) {
        Map<ReconciliationStatus, Sums> lines = new EnumMap<>(ReconciliationStatus.class);
        QueryRows.list(
                bench,
                """
                SELECT status, count(*), CAST(coalesce(sum(api_count), 0) AS BIGINT),
                  CAST(coalesce(sum(report_count), 0) AS BIGINT), CAST(coalesce(sum(payable_count), 0) AS BIGINT),
                  CAST(coalesce(sum(CASE WHEN finality = 'provisional' THEN payable_count END), 0) AS BIGINT)
                FROM %s GROUP BY status
                """.formatted(relation),
                row -> lines.put(
                        ReconciliationStatus.valueOf(
                                String.valueOf(row.getFirst()).toUpperCase(Locale.ROOT)),
                        new Sums(
                                QueryRows.number(row.get(1)),
                                QueryRows.number(row.get(2)),
                                QueryRows.number(row.get(3)),
                                QueryRows.number(row.get(4)),
                                QueryRows.number(row.get(5)))));
        List<Money> revenues = QueryRows.list(
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
        return new ReconciliationTotals(lines, revenues, leftOut);
    }
}
