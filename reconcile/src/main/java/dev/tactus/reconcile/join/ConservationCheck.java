package dev.tactus.reconcile.join;

import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.IntegrityFailure;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.Period;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/// Proves that nothing was lost or counted twice between the inputs and `joined`, by sums taken independently of the
/// join.
public final class ConservationCheck {
    private final Workbench bench;
    private final String what;

    public ConservationCheck(Workbench bench, String source, Period period) {
        this.bench = bench;
        this.what = source + " in " + period;
    }

    /// What the reports hold that was not counted.
    public List<ExcludedUsage> leftOut() {
        return QueryRows.list(bench, """
                SELECT place, report_id, usage_start, usage_end, count(*), CAST(sum(quantity) AS BIGINT),
                  CASE WHEN net_revenue IS NOT NULL THEN coalesce(currency, 'XXX') END AS c,
                  CAST(sum(net_revenue) AS DECIMAL(38,18))
                FROM placed WHERE place <> 'counted' GROUP BY 1, 2, 3, 4, 7 ORDER BY 1, 2, 3, 4, 7
                """, ExcludedUsage::of);
    }

    /// Compares the sums.
    ///
    /// @throws DoesNotAddUp where they differ
    public void check(ReconciliationTotals totals) {
        ReconciliationTotals.Sums all = totals.all();
        same("the API's counts", bench.number("SELECT coalesce(sum(stream_count), 0) FROM day_count"), all.api());
        same("the reports' counts", bench.number("SELECT coalesce(sum(quantity), 0) FROM counted"), all.report());
        List<Money> stated = QueryRows.list(
                bench,
                """
                SELECT coalesce(currency, 'XXX'), CAST(sum(net_revenue) AS DECIMAL(38,18)) FROM counted
                WHERE net_revenue IS NOT NULL GROUP BY 1 ORDER BY 1
                """,
                row -> new Money(String.valueOf(row.get(0)), (BigDecimal) Objects.requireNonNull(row.get(1))));
        same("the reports' revenues", stated, totals.revenues());
    }

    private void same(String which, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new IntegrityFailure(which + " of " + what + " are " + expected + " in the lake and " + found
                    + " after they were reconciled; nothing was written. This is a fault of the program: please report"
                    + " it");
        }
    }
}
