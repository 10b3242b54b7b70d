package dev.tactus.lake.query;

import dev.tactus.lake.failure.QueryRefused;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.table.LakeTable;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

/// The data files that make up the tables at one moment.
///
/// @param relations of each table, for a FROM clause
public record TableRelations(Map<LakeTable, String> relations) {
    public static TableRelations asOf(LakeCatalog tables, Instant moment) {
        Map<LakeTable, String> relations = new EnumMap<>(LakeTable.class);
        tables.together().forEach((lakeTable, table) -> {
            OptionalLong snapshot = snapshot(table, moment);
            List<String> paths = snapshot.isEmpty()
                    ? List.of()
                    : SnapshotFiles.paths(SnapshotFiles.of(table, snapshot.getAsLong(), Expressions.alwaysTrue()));
            relations.put(lakeTable, SnapshotFiles.relation(lakeTable, table, paths));
        });
        return new TableRelations(relations);
    }

    /// The snapshot that was current then; none where the table had none yet.
    private static OptionalLong snapshot(Table table, Instant moment) {
        OptionalLong last = OptionalLong.empty();
        for (HistoryEntry entry : table.history()) {
            if (!Instant.ofEpochMilli(entry.timestampMillis()).isAfter(moment)) {
                last = OptionalLong.of(entry.snapshotId());
            }
        }
        if (last.isEmpty() && !table.history().isEmpty()) {
            HistoryEntry first = table.history().getFirst();
            Snapshot oldest = table.snapshot(first.snapshotId());
            if (oldest != null && oldest.parentId() != null) {
                throw new QueryRefused(
                        "the history of " + table.name() + " begins on " + Instant.ofEpochMilli(first.timestampMillis())
                                + "; maintenance has expired what was before",
                        null);
            }
        }
        return last;
    }
}
