package dev.tactus.reconcile.join;

import dev.tactus.lake.query.Workbench;
import dev.tactus.ledger.Ledger;
import dev.tactus.music.Recording;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The label's catalog as the table `catalog` of a workbench.
public final class CatalogTable {
    private CatalogTable() {}

    /// Makes it, empty.
    public static void none(Workbench bench) {
        bench.run("CREATE OR REPLACE TABLE catalog (isrc VARCHAR, title VARCHAR, artists VARCHAR)");
    }

    /// Makes it and fills it with the active recordings.
    public static void load(Workbench bench, Ledger ledger) {
        none(bench);
        bench.fill(
                "catalog",
                () -> ledger.recordings().active().map(CatalogTable::row).iterator());
    }

    private static List<@Nullable Object> row(Recording recording) {
        return Arrays.asList(recording.isrc().value(), recording.title(), credit(recording));
    }

    private static @Nullable String credit(Recording recording) {
        return Optional.ofNullable(recording.artistCredit())
                .orElseGet(() -> recording.artists().isEmpty() ? null : String.join(", ", recording.artists()));
    }
}
