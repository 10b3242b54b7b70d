package dev.tactus.reconcile.join;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.IntegrityFailure;

/// Proves that nothing was lost or counted twice between the inputs and the rows that they were joined to, by sums
/// taken independently of the join.
final class ConservationCheck {
    private final Workbench bench;
    private final String what;

    ConservationCheck(JoinInputs inputs) {
        this.bench = inputs.bench();
        this.what = inputs.source() + " in " + inputs.period();
    }

    /// Compares the sums.
    ///
    /// @throws IntegrityFailure where they differ
    void check(ReconciliationTotals totals) {
        ReconciliationTotals.Sums all = totals.all();
        same("the API's counts", bench.number("SELECT coalesce(sum(stream_count), 0) FROM api_day"), all.api());
        same("the reports' counts", bench.number("SELECT coalesce(sum(quantity), 0) FROM counted_row"), all.report());
        same(
                "the reports' revenues",
                QueryRows.amounts(
                        bench,
                        SqlResource.of(ConservationCheck.class, "counted_revenues")
                                .text()),
                totals.revenues());
    }

    private void same(String which, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new IntegrityFailure(which + " of " + what + " are " + expected + " in the lake but " + found
                    + " after reconciling; nothing was written. This is a bug in Tactus: please report it");
        }
    }
}
