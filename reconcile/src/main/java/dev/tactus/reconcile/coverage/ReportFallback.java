package dev.tactus.reconcile.coverage;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.RowSink;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.AwaitedItem;
import dev.tactus.ledger.items.AwaitedTerritory;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.join.StatementView;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    private static final int MOVED_AT_ONCE = 10_000;

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
    public record Change(long fellBack, long awaiting) {
        static final Change NONE = new Change(0, 0);
    }

    /// Settles one run, as after a sync.
    public Change settle(String runId) {
        Optional<AwaitedTerritory> any = ledger.awaited().ofRun(runId).findFirst();
        if (any.isEmpty()) {
            return Change.NONE;
        }
        try (Workbench bench = lake.workbench(MEGABYTES)) {
            CoverageRelations.AWAITED_ITEM.make(
                    bench,
                    () -> ledger.awaited().ofRun(runId).map(ReportFallback::row).iterator());
            String changed = changed(bench, any.get().source());
            return ledger.transaction(() -> {
                ItemMoves moves = new ItemMoves(ledger, runId);
                bench.query(changed, moves);
                return moves.finished();
            });
        }
    }

    /// Settles every run, as after an import or when a report was taken back.
    public Change settle() {
        return ledger.awaited().runs().stream()
                .map(this::settle)
                .reduce(Change.NONE, (a, b) -> new Change(a.fellBack + b.fellBack, a.awaiting + b.awaiting));
    }

    /// Finds the items that reports cover other than the ledger says.
    private String changed(Workbench bench, String source) {
        if (bench.snapshot(LakeTable.SALES).isEmpty()) {
            return "SELECT DISTINCT isrc, dataset, day, FALSE FROM awaited_item WHERE covered ORDER BY ALL";
        }
        List<LocalDate> days = QueryRows.list(bench, "SELECT unnest([min(day), max(day)]) FROM awaited_item", row ->
                (LocalDate) Objects.requireNonNull(row.getFirst()));
        StatementView.make(bench, services, TablePart.sales(days.getFirst(), days.getLast()));
        return SqlResource.of(ReportFallback.class, "covered")
                .with("source", source)
                .text();
    }

    private static List<@Nullable Object> row(AwaitedTerritory one) {
        return List.of(one.isrc().value(), one.dataset().label(), one.day(), one.territory(), one.covered());
    }

    /// Moves items as they come, some thousand at a time: a large catalog may await a report as a whole.
    private static final class ItemMoves implements RowSink {
        private final Ledger ledger;
        private final String runId;
        private final List<AwaitedItem> covered = new ArrayList<>();
        private final List<AwaitedItem> uncovered = new ArrayList<>();
        private long fellBack;
        private long awaiting;

        ItemMoves(Ledger ledger, String runId) {
            this.ledger = ledger;
            this.runId = runId;
        }

        @Override
        public void row(List<@Nullable Object> values) {
            boolean reported = (Boolean) Objects.requireNonNull(values.get(3));
            (reported ? covered : uncovered)
                    .add(new AwaitedItem(
                            new Isrc(String.valueOf(values.get(0))),
                            Dataset.parse(String.valueOf(values.get(1))),
                            (LocalDate) Objects.requireNonNull(values.get(2)),
                            List.of()));
            if (covered.size() + uncovered.size() >= MOVED_AT_ONCE) {
                move();
            }
        }

        private void move() {
            fellBack += ledger.awaited().move(runId, covered, true);
            awaiting += ledger.awaited().move(runId, uncovered, false);
            covered.clear();
            uncovered.clear();
        }

        Change finished() {
            if (!covered.isEmpty() || !uncovered.isEmpty()) {
                move();
            }
            return new Change(fellBack, awaiting);
        }
    }
}
