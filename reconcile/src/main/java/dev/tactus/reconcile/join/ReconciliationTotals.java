package dev.tactus.reconcile.join;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.ReconciliationStatus;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /// What the rows that were not counted earned, by currency, sorted.
    public List<Money> leftOutRevenues() {
        return leftOutRevenues(leftOut);
    }

    /// The same of some of them.
    public static List<Money> leftOutRevenues(Collection<ExcludedUsage> some) {
        SortedMap<String, BigDecimal> sums = new TreeMap<>();
        some.forEach(left ->
                left.revenue().ifPresent(money -> sums.merge(money.currency(), money.amount(), BigDecimal::add)));
        return sums.entrySet().stream()
                .map(sum -> new Money(sum.getKey(), stripped(sum.getValue())))
                .toList();
    }

    static BigDecimal stripped(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
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
                SqlResource.of(ReconciliationTotals.class, "totals")
                        .insert("rows", relation)
                        .text(),
                row -> lines.put(
                        ReconciliationStatus.valueOf(
                                String.valueOf(row.getFirst()).toUpperCase(Locale.ROOT)),
                        new Sums(
                                QueryRows.number(row.get(1)),
                                QueryRows.number(row.get(2)),
                                QueryRows.number(row.get(3)),
                                QueryRows.number(row.get(4)),
                                QueryRows.number(row.get(5)))));
        List<Money> revenues = QueryRows.amounts(
                bench,
                SqlResource.of(ReconciliationTotals.class, "revenues")
                        .insert("rows", relation)
                        .text());
        return new ReconciliationTotals(lines, revenues, leftOut);
    }
}
