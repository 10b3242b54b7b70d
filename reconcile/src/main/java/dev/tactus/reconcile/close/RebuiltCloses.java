package dev.tactus.reconcile.close;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.manifest.CloseManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The record of closes in a ledger that was written anew: manifests in the lake that follow on its last record are
/// taken into it, for each names the digest of the one before.
public final class RebuiltCloses {
    private static final String FOLDER = "closes";

    private final Ledger ledger;
    private final Lake lake;

    public RebuiltCloses(Ledger ledger, Lake lake) {
        this.ledger = ledger;
        this.lake = lake;
    }

    /// Takes what follows.
    ///
    /// @return a line for each
    public List<String> settle() {
        List<String> lines = new ArrayList<>();
        for (Optional<PeriodRecord> next = next(); next.isPresent(); next = next()) {
            ledger.periods().add(next.get());
            lines.add("the " + (next.get().closes() ? "close " : "reopening ")
                    + next.get().id() + ": its manifest follows on the last record; taken into it");
        }
        return lines;
    }

    private Optional<PeriodRecord> next() {
        Optional<PeriodRecord> last = ledger.periods().last();
        long number = last.map(PeriodRecord::number).orElse(0L) + 1;
        return lake.folder().names(FOLDER).stream()
                .filter(name -> name.endsWith(".json"))
                .flatMap(name -> CloseManifest.record(lake, FOLDER + "/" + name).stream())
                .filter(record -> record.number() == number)
                .filter(record -> record.previousSha256().equals(last.map(PeriodRecord::manifestSha256)))
                .findFirst();
    }
}
