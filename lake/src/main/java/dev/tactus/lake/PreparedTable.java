package dev.tactus.lake;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.expressions.Expression;

/// What a publication changes in one table.
///
/// @param baseSnapshotId the snapshot it was prepared on, −1 for an empty table (Iceberg's own convention)
/// @param rows of the publication itself, without the neighbours that were rewritten
/// @param touched the partitions that nobody else may have changed meanwhile; for an append, nobody minds
record PreparedTable(
        LakeTable table,
        long baseSnapshotId,
        long rows,
        List<DataFile> added,
        List<DataFile> removed,
        Expression touched,
        boolean append) {
    PreparedTable {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }
}
