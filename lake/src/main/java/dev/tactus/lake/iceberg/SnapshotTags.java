package dev.tactus.lake.iceberg;

import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.table.LakeTable;
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

    /// Names these snapshots; a tag that is there already is moved. Table by table: killed in between it is repeated.
    public void set(String tag, Map<LakeTable, Long> snapshots) {
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
                if (present == null) {
                    table.manageSnapshots().createTag(tag, wanted).commit();
                } else {
                    table.manageSnapshots().replaceTag(tag, wanted).commit();
                }
            } catch (RuntimeException e) {
                throw LakeFailures.of("the table " + entry.getKey().label() + " can't be tagged", e);
            }
            tables.hint(entry.getKey());
        }
    }

    /// The snapshots with this name; empty where there is none.
    public Map<LakeTable, Long> find(String tag) {
        Map<LakeTable, Long> found = new EnumMap<>(LakeTable.class);
        for (LakeTable lakeTable : LakeTable.values()) {
            SnapshotRef ref = tables.fresh(lakeTable).refs().get(tag);
            if (ref != null && ref.isTag()) {
                found.put(lakeTable, ref.snapshotId());
            }
        }
        return found;
    }
}
