package dev.tactus.lake.iceberg;

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
