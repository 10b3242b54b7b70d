package dev.tactus.reconcile.close;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.IntegrityFailure;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.files.CanonicalCsv;
import dev.tactus.reconcile.files.PeriodCsv;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.manifest.CloseManifest;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes a closed period as it was closed, from its tags: the same bytes for ever.
public final class CloseExport {
    private final Ledger ledger;
    private final Lake lake;
    private final int megabytes;

    public CloseExport(Ledger ledger, Lake lake, int megabytes) {
        this.ledger = ledger;
        this.lake = lake;
        this.megabytes = megabytes;
    }

    /// The close of a source and period that is in force.
    public Optional<PeriodRecord> find(String source, Period period) {
        return ledger.periods().inForce(source).stream()
                .filter(one -> new Period(one.from(), one.to()).equals(period))
                .findFirst();
    }

    /// Every close of a source and period there ever was, in order, reopened since or not.
    public List<PeriodRecord> ever(Period period) {
        return ledger.periods().list().stream()
                .filter(PeriodRecord::closes)
                .filter(one -> new Period(one.from(), one.to()).equals(period))
                .toList();
    }

    private String closes() {
        String all = ledger.periods().list().stream()
                .filter(PeriodRecord::closes)
                .map(PeriodRecord::id)
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "; nothing was ever closed" : "; there are " + all;
    }

    /// Writes the sorted CSV of a close, in force or reopened since; returns the number of rows.
    ///
    /// @throws PeriodRefusal if there is no such close
    /// @throws IntegrityFailure if its manifest is damaged, or what is written is not what was closed
    public long write(String closeId, OutputStream out) {
        PeriodRecord record = ledger.periods().list().stream()
                .filter(one -> one.id().equals(closeId) && one.closes())
                .findFirst()
                .orElseThrow(() -> new PeriodRefusal("there is no close " + closeId + closes()));
        CloseManifest manifest = CloseManifest.of(lake, record).orElseThrow(() -> CloseManifest.damaged(record));
        Map<LakeTable, Long> tagged = lake.tagged(manifest.tag());
        try (Workbench bench = lake.workbench(megabytes, tagged)) {
            CanonicalCsv.Digest written = new PeriodCsv(
                            bench,
                            new PeriodParts(record.source(), manifest.period()),
                            manifest.rules().home())
                    .reconciled(out);
            String promised = manifest.json().path("csv").path("sha256").asString();
            if (!written.sha256().equals(promised)) {
                throw new IntegrityFailure("what was written is not what was closed: its digest is " + written.sha256()
                        + ", the manifest has " + promised + "; tactus audit --period " + manifest.period()
                        + " shows the first difference");
            }
            return written.rows();
        }
    }
}
