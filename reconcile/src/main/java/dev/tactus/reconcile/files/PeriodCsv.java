package dev.tactus.reconcile.files;

import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.join.PeriodParts;
import java.io.OutputStream;

/// A period's sorted CSV, from a workbench over the snapshots that a close has tagged: the same to the byte as long as
/// the tags are there.
public final class PeriodCsv {
    private final Workbench bench;
    private final PeriodParts parts;

    public PeriodCsv(Workbench bench, PeriodParts parts) {
        this.bench = bench;
        this.parts = parts;
    }

    public CanonicalCsv.Digest reconciled(OutputStream out) {
        return CanonicalCsv.write(
                bench, bench.relation(parts.reconciled()), FileColumns.RECONCILED, "isrc, territory, usage_type", out);
    }

    public CanonicalCsv.Digest adjustments(OutputStream out) {
        return CanonicalCsv.write(
                bench,
                bench.relation(parts.adjustments()),
                FileColumns.ADJUSTMENTS,
                "corrects, isrc, territory, usage_type",
                out);
    }
}
