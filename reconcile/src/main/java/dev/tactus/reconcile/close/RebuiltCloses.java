package dev.tactus.reconcile.close;

import dev.tactus.lake.Lake;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.manifest.CloseManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The record of closes in a ledger that was written anew: manifests in the lake that follow on its last record are
/// taken into it, for each names the digest of the one before. What was cut off before it was on the record is none.
public final class RebuiltCloses {
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
        Set<String> known =
                ledger.periods().list().stream().map(PeriodRecord::id).collect(Collectors.toSet());
        lake.folder().names(CloseManifest.FOLDER).stream()
                .filter(name -> name.endsWith(CloseManifest.UNRECORDED))
                .map(name -> name.substring(0, name.length() - CloseManifest.UNRECORDED.length()))
                .filter(id -> !known.contains(id))
                .forEach(id -> lines.add(id + ": it was cut off before it was on the record and is not taken into it;"
                        + " repeat the command that was cut off"));
        return lines;
    }

    private Optional<PeriodRecord> next() {
        Optional<PeriodRecord> last = ledger.periods().last();
        long number = last.map(PeriodRecord::number).orElse(0L) + 1;
        Set<String> there = Set.copyOf(lake.folder().names(CloseManifest.FOLDER));
        return there.stream()
                .filter(name -> name.endsWith(".json"))
                .map(name -> name.substring(0, name.length() - ".json".length()))
                .filter(id -> !there.contains(id + CloseManifest.UNRECORDED) || there.contains(id + CloseManifest.SUMS))
                .sorted()
                .flatMap(id -> CloseManifest.record(lake, CloseManifest.path(id, ".json")).stream())
                .filter(record -> record.number() == number)
                .filter(record -> record.previousSha256().equals(last.map(PeriodRecord::manifestSha256)))
                .findFirst();
    }
}
