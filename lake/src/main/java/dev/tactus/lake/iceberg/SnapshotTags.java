package dev.tactus.lake.iceberg;

import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.table.LakeTable;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/// Names for snapshots. A tagged snapshot and its files stay, whatever maintenance does, until the tag is dropped.
public final class SnapshotTags {
    private final LakeCatalog tables;

    public SnapshotTags(LakeCatalog tables) {
        this.tables = tables;
    }

    /// Names these snapshots, all in one moment; a tag that is there already is moved.
    public void set(String tag, Map<LakeTable, Long> snapshots) {
        tables.atOnce(at -> {
            set(tag, snapshots, at);
            return tag;
        });
        tables.hint(snapshots.keySet());
    }

    private void set(String tag, Map<LakeTable, Long> snapshots, Instant at) {
        for (Map.Entry<LakeTable, Long> entry : snapshots.entrySet()) {
            Table table = tables.fresh(entry.getKey());
            SnapshotRef present = table.refs().get(tag);
            long wanted = entry.getValue();
            if (table.snapshot(wanted) == null) {
                throw new LakeConflict(
                        "the snapshot " + wanted + " of " + entry.getKey().label()
                                + " is gone: another process has maintained the lake meanwhile. Run the same command"
                                + " again",
                        null);
            }
            if (present != null && present.snapshotId() == wanted) {
                continue;
            }
            try {
                new TimedCommit(table, at).tag(tag, wanted);
            } catch (RuntimeException e) {
                throw LakeFailures.of("the table " + entry.getKey().label() + " can't be tagged", e);
            }
        }
    }

    /// The snapshots with this name; empty where there is none.
    public Map<LakeTable, Long> find(String tag) {
        Map<LakeTable, Long> found = new EnumMap<>(LakeTable.class);
        Map<LakeTable, Table> now = tables.together();
        for (LakeTable lakeTable : now.keySet()) {
            SnapshotRef ref = now.get(lakeTable).refs().get(tag);
            if (ref != null && ref.isTag()) {
                found.put(lakeTable, ref.snapshotId());
            }
        }
        return found;
    }
}
