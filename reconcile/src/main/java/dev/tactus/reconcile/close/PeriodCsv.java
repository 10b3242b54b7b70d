package dev.tactus.reconcile.close;

import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.Period;
import java.io.OutputStream;

/// A period's sorted CSV, from a workbench over the snapshots that a close has tagged: the same to the byte as long as
/// the tags are there.
public final class PeriodCsv {
    private final Workbench bench;
    private final String source;
    private final Period period;

    public PeriodCsv(Workbench bench, String source, Period period) {
        this.bench = bench;
        this.source = source;
        this.period = period;
    }

    public CanonicalCsv.Digest reconciled(OutputStream out) {
        String rows = bench.relation(Reconciler.reconciled(source, period));
        return CanonicalCsv.write(bench, rows, FileColumns.RECONCILED, "isrc, territory, usage_type", out);
    }

    public CanonicalCsv.Digest adjustments(OutputStream out) {
        String rows = bench.relation(Reconciler.adjustments(source, period));
        return CanonicalCsv.write(bench, rows, FileColumns.ADJUSTMENTS, "corrects, isrc, territory, usage_type", out);
    }
}
