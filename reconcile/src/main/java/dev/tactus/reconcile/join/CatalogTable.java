package dev.tactus.reconcile.join;

import dev.tactus.lake.query.Workbench;
import dev.tactus.ledger.Ledger;
import dev.tactus.music.Recording;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A workbench whose table [JoinRelations#CATALOG] has the label's recordings.
public final class CatalogTable {
    private final Workbench bench;
    private final boolean everyRecording;

    private CatalogTable(Workbench bench, boolean everyRecording) {
        this.bench = bench;
        this.everyRecording = everyRecording;
    }

    /// Makes it of the active recordings; where there are none, every recording counts as the label's own.
    public static CatalogTable load(Workbench bench, Ledger ledger) {
        JoinRelations.CATALOG.make(
                bench, () -> ledger.recordings().active().map(CatalogTable::row).iterator());
        return new CatalogTable(bench, size(bench) == 0);
    }

    /// Makes it without any: every recording counts as the label's own.
    public static CatalogTable empty(Workbench bench) {
        JoinRelations.CATALOG.makeEmpty(bench);
        return new CatalogTable(bench, true);
    }

    /// Makes it of the recordings of rows that were reconciled.
    public static CatalogTable of(Workbench bench, String reconciled) {
        JoinRelations.CATALOG.make(
                bench,
                "SELECT isrc, min(title) AS title, min(artists) AS artists FROM " + reconciled + " GROUP BY isrc");
        return new CatalogTable(bench, false);
    }

    public Workbench bench() {
        return bench;
    }

    /// How many recordings it has.
    public long size() {
        return size(bench);
    }

    /// Whether usage of every recording is counted, and not only of these.
    boolean everyRecording() {
        return everyRecording;
    }

    private static long size(Workbench bench) {
        return bench.number("SELECT count(*) FROM " + JoinRelations.CATALOG);
    }

    private static List<@Nullable Object> row(Recording recording) {
        return Arrays.asList(recording.isrc().value(), recording.title(), credit(recording));
    }

    private static @Nullable String credit(Recording recording) {
        return Optional.ofNullable(recording.artistCredit())
                .orElseGet(() -> recording.artists().isEmpty() ? null : String.join(", ", recording.artists()));
    }
}
