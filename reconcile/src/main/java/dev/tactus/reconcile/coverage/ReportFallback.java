package dev.tactus.reconcile.coverage;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.AwaitedItem;
import dev.tactus.ledger.items.AwaitedTerritory;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.join.StatementView;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Moves work items between "awaiting report" and "fell back", as the reports in the lake cover them or no longer do.
///
/// An item is covered when reports of its source's service have a row of streams for its recording in every territory
/// that the source failed for, and that row's days include the item's. A row for the world covers every territory; an
/// item of which the source gave nothing at all is covered by a row for any. No count moves: reports meet the API's
/// counts in `reconciled` alone.
///
/// The same call serves after a run, after an import and after a report was taken back: it looks at what is there, and
/// calling it again changes nothing. The caller holds the ledger's lock.
public final class ReportFallback {
    private static final int MEGABYTES = 192;

    private final Ledger ledger;
    private final Lake lake;
    private final ServiceSources services;

    public ReportFallback(Ledger ledger, Lake lake, ServiceSources services) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
    }

    /// What a settling came to.
    ///
    /// @param fellBack items that a report covers since now
    /// @param awaiting items that none covers any more
    public record Change(long fellBack, long awaiting) {}

    /// Settles one run, as after a sync.
    public Change settle(String runId) {
        return settle(ledger.awaited().ofRun(runId));
    }

    /// Settles every run, as after an import or when a report was taken back.
    public Change settle() {
        return ledger.awaited().runs().stream()
                .map(this::settle)
                .reduce(new Change(0, 0), (a, b) -> new Change(a.fellBack + b.fellBack, a.awaiting + b.awaiting));
    }

    private Change settle(List<AwaitedTerritory> awaited) {
        if (awaited.isEmpty()) {
            return new Change(0, 0);
        }
        Map<Key, Item> items = new LinkedHashMap<>();
        for (AwaitedTerritory one : awaited) {
            items.computeIfAbsent(Key.of(one), _ -> new Item(one)).add();
        }
        count(awaited, items);
        List<AwaitedItem> covered = new ArrayList<>();
        List<AwaitedItem> uncovered = new ArrayList<>();
        for (Item item : items.values()) {
            if (item.isCovered() != item.first.covered()) {
                (item.isCovered() ? covered : uncovered).add(item.awaited());
            }
        }
        String runId = awaited.getFirst().runId();
        return ledger.transaction(() -> new Change(
                ledger.awaited().move(runId, covered, true), ledger.awaited().move(runId, uncovered, false)));
    }

    /// Counts for each item the territories that reports cover.
    private void count(List<AwaitedTerritory> awaited, Map<Key, Item> items) {
        SequencedSet<LocalDate> days =
                awaited.stream().map(AwaitedTerritory::day).collect(Collectors.toCollection(TreeSet::new));
        try (Workbench bench = lake.workbench(MEGABYTES)) {
            if (bench.snapshot(LakeTable.SALES).isEmpty()) {
                return;
            }
            StatementView.make(bench, services, TablePart.sales(days.getFirst(), days.getLast()));
            CoverageRelations.AWAITED_ITEM.make(
                    bench, () -> awaited.stream().map(ReportFallback::row).iterator());
            QueryRows.list(
                    bench,
                    SqlResource.of(ReportFallback.class, "covered")
                            .with("source", awaited.getFirst().source())
                            .text(),
                    row -> {
                        Key key = new Key(new Isrc(String.valueOf(row.get(0))), (LocalDate) row.get(1));
                        long covered = QueryRows.number(row.get(2));
                        Objects.requireNonNull(items.get(key)).covered = covered;
                        return covered;
                    });
        }
    }

    private static List<@Nullable Object> row(AwaitedTerritory one) {
        return List.of(one.isrc().value(), one.day(), one.territory());
    }

    private record Key(Isrc isrc, LocalDate day) {
        static Key of(AwaitedTerritory one) {
            return new Key(one.isrc(), one.day());
        }
    }

    private static final class Item {
        private final AwaitedTerritory first;
        private long territories;
        private long covered;

        Item(AwaitedTerritory first) {
            this.first = first;
        }

        void add() {
            territories++;
        }

        boolean isCovered() {
            return covered == territories;
        }

        AwaitedItem awaited() {
            return new AwaitedItem(first.isrc(), first.dataset(), first.day(), List.of());
        }
    }
}
