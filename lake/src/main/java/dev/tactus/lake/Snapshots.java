package dev.tactus.lake;

import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/// What the snapshots' summaries say about publications.
final class Snapshots {
    static final String PUBLICATION = "tactus.publication";
    static final String ROWS = "tactus.rows";
    static final String MAINTENANCE = "tactus.maintenance";

    private Snapshots() {}

    static Optional<Snapshot> of(Table table, String publicationId) {
        for (Snapshot snapshot : table.snapshots()) {
            if (publicationId.equals(snapshot.summary().get(PUBLICATION))) {
                return Optional.of(snapshot);
            }
        }
        return Optional.empty();
    }

    static Map<String, String> lastReplacement(Table table, String source, String period) {
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

    static Committed committed(LakeTable table, Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary();
        return new Committed(
                table,
                snapshot.snapshotId(),
                number(summary, ROWS),
                number(summary, "added-records"),
                number(summary, "deleted-records"));
    }

    static long number(Map<String, String> summary, String name) {
        return Long.parseLong(summary.getOrDefault(name, "0"));
    }

    /// Iceberg has no snapshot to name in an empty table.
    static long currentId(Table table) {
        Snapshot current = table.currentSnapshot();
        return current == null ? -1 : current.snapshotId();
    }
}
