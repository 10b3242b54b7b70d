package dev.tactus.lake.iceberg;

import dev.tactus.lake.table.LakeTable;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.expressions.Expression;

/// What a publication changes in one table.
///
/// @param baseSnapshotId the snapshot it was prepared on, −1 for an empty table (Iceberg's own convention)
/// @param rows of the publication itself, without the neighbours that were rewritten
/// @param touched the partitions that nobody else may have changed meanwhile; for an append, nobody minds
public record TableChange(
        LakeTable table,
        long baseSnapshotId,
        long rows,
        List<DataFile> added,
        List<DataFile> removed,
        Expression touched,
        boolean append) {
    public TableChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }
}
