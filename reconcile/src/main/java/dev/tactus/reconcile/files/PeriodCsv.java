package dev.tactus.reconcile.files;

import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.HomeCurrency;
import dev.tactus.reconcile.join.PeriodParts;
import java.io.OutputStream;
import java.util.Optional;

/// A period's sorted CSV, from a workbench over the snapshots that a close has tagged: the same to the byte as long as
/// the tags are there.
public final class PeriodCsv {
    private final Workbench bench;
    private final PeriodParts parts;
    private final Optional<HomeCurrency> home;

    public PeriodCsv(Workbench bench, PeriodParts parts) {
        this(bench, parts, Optional.empty());
    }

    /// @param home in which every row's money is told besides
    public PeriodCsv(Workbench bench, PeriodParts parts, Optional<HomeCurrency> home) {
        this.bench = bench;
        this.parts = parts;
        this.home = home;
    }

    public CanonicalCsv.Digest reconciled(OutputStream out) {
        return CanonicalCsv.write(
                bench,
                bench.relation(parts.reconciled()),
                FileColumns.RECONCILED,
                home,
                "isrc, territory, usage_type",
                out);
    }

    public CanonicalCsv.Digest adjustments(OutputStream out) {
        return CanonicalCsv.write(
                bench,
                bench.relation(parts.adjustments()),
                FileColumns.ADJUSTMENTS,
                home,
                "corrects, isrc, territory, usage_type",
                out);
    }
}
