package dev.tactus.reconcile;

import dev.tactus.lake.Workbench;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.Page;
import dev.tactus.music.Recording;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The label's catalog as the table `catalog` of a workbench.
final class CatalogTable {
    private static final int PAGE = 5_000;

    private CatalogTable() {}

    /// Makes it, empty.
    static void none(Workbench bench) {
        bench.run("CREATE OR REPLACE TABLE catalog (isrc VARCHAR, title VARCHAR, artists VARCHAR)");
    }

    /// Makes it and fills it with the active recordings.
    static void load(Workbench bench, Ledger ledger) {
        none(bench);
        bench.fill("catalog", () -> new Iterator<>() {
            private List<Recording> page = ledger.recordings().active(Page.first(PAGE));
            private int next;

            @Override
            public boolean hasNext() {
                if (next == page.size() && next > 0) {
                    page = ledger.recordings()
                            .active(Page.first(PAGE).after(page.getLast().isrc()));
                    next = 0;
                }
                return next < page.size();
            }

            @Override
            public List<@Nullable Object> next() {
                Recording recording = page.get(next++);
                return Arrays.asList(recording.isrc().value(), recording.title(), credit(recording));
            }
        });
    }

    private static @Nullable String credit(Recording recording) {
        return Optional.ofNullable(recording.artistCredit())
                .orElseGet(() -> recording.artists().isEmpty() ? null : String.join(", ", recording.artists()));
    }
}
