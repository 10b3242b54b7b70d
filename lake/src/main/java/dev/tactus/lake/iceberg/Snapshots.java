package dev.tactus.lake.iceberg;

import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/// What the snapshots' summaries say about publications.
public final class Snapshots {
    public static final String PUBLICATION = "tactus.publication";
    public static final String RUN = "tactus.run_id";
    public static final String ROWS = "tactus.rows";
    public static final String MAINTENANCE = "tactus.maintenance";

    private Snapshots() {}

    public static Optional<Snapshot> of(Table table, String publicationId) {
        for (Snapshot snapshot : table.snapshots()) {
            if (publicationId.equals(snapshot.summary().get(PUBLICATION))) {
                return Optional.of(snapshot);
            }
        }
        return Optional.empty();
    }

    /// The snapshot that has landed a commit.
    ///
    /// @throws LakeDamaged if one carries the commit's id, but is of another run or of other rows
    static Optional<Snapshot> of(Table table, CommitLabel label) {
        Optional<Snapshot> found = of(table, label.id());
        found.ifPresent(snapshot -> {
            String run = snapshot.summary().getOrDefault(RUN, label.runId());
            String staged = label.properties().get(CommitLabel.STAGED);
            boolean sameRows = staged == null
                    || staged.equals(snapshot.summary().getOrDefault("tactus." + CommitLabel.STAGED, staged));
            // what no run made names itself
            boolean sameRun = run.equals(label.runId()) || run.equals(label.id());
            if (!sameRun || !sameRows) {
                throw new LakeDamaged(
                        "the snapshot " + snapshot.snapshotId() + " of " + table.name() + " carries the id "
                                + label.id()
                                + ", but is of " + (sameRows ? "run " + run : "other rows")
                                + ": ledger and lake do not come from one history, and nothing was changed. Bring both"
                                + " back from one backup (tactus restore)",
                        null);
            }
        });
        return found;
    }

    /// The runs that snapshots of a table are of; what no run made names itself.
    public static Set<String> runs(Table table) {
        return StreamSupport.stream(table.snapshots().spliterator(), false)
                .flatMap(snapshot -> Optional.ofNullable(snapshot.summary().get(RUN)).stream())
                .collect(Collectors.toSet());
    }

    /// When the newest snapshot that a run, or another change, has made in a table became visible.
    public static Optional<Instant> visibleSince(Table table, String runId) {
        return StreamSupport.stream(table.snapshots().spliterator(), false)
                .filter(snapshot -> runId.equals(snapshot.summary().get(RUN)))
                .map(snapshot -> Instant.ofEpochMilli(snapshot.timestampMillis()))
                .max(Comparator.naturalOrder());
    }

    public static Map<String, String> lastReplacement(Table table, String source, String period) {
        Snapshot snapshot = table.currentSnapshot();
        while (snapshot != null) {
            Map<String, String> summary = snapshot.summary();
            if (source.equals(summary.get("tactus.source")) && period.equals(summary.get("tactus.period"))) {
                return Map.copyOf(summary);
            }
            Long parent = snapshot.parentId();
            snapshot = parent == null ? null : table.snapshot(parent);
        }
        return Map.of();
    }

    public static TableCommit committed(LakeTable table, Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary();
        return new TableCommit(
                table,
                snapshot.snapshotId(),
                number(summary, ROWS),
                number(summary, "added-records"),
                number(summary, "deleted-records"));
    }

    public static long number(Map<String, String> summary, String name) {
        return Long.parseLong(summary.getOrDefault(name, "0"));
    }

    /// Iceberg has no snapshot to name in an empty table.
    public static long currentId(Table table) {
        Snapshot current = table.currentSnapshot();
        return current == null ? -1 : current.snapshotId();
    }
}
