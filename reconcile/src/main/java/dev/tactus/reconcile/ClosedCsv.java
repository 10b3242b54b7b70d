package dev.tactus.reconcile;

import dev.tactus.lake.Workbench;
import java.io.OutputStream;

/// A period's sorted CSV, from a workbench over the snapshots that a close has tagged: the same to the byte as long as
/// the tags are there.
final class ClosedCsv {
    private final Workbench bench;
    private final String source;
    private final Period period;

    ClosedCsv(Workbench bench, String source, Period period) {
        this.bench = bench;
        this.source = source;
        this.period = period;
    }

    Csv.Written reconciled(OutputStream out) {
        String rows = bench.relation(Reconciler.reconciled(source, period));
        return Csv.write(bench, rows, Columns.RECONCILED, "isrc, territory, usage_type", out);
    }

    Csv.Written adjustments(OutputStream out) {
        String rows = bench.relation(Reconciler.adjustments(source, period));
        return Csv.write(bench, rows, Columns.ADJUSTMENTS, "corrects, isrc, territory, usage_type", out);
    }
}
