package dev.tactus.lake.query;

import dev.tactus.lake.failure.QueryRefused;
import dev.tactus.lake.iceberg.DataFileCheck;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.table.LakeTable;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

/// The data files that make up the tables at one moment.
///
/// @param relations of each table, for a FROM clause
/// @param files of each table
/// @param check proves that they are what was written
public record TableRelations(
        Map<LakeTable, String> relations, Map<LakeTable, List<DataFile>> files, DataFileCheck check) {
    public TableRelations {
        relations = Map.copyOf(relations);
        files = Map.copyOf(files);
    }

    public static TableRelations asOf(LakeCatalog tables, Instant moment) {
        Map<LakeTable, String> relations = new EnumMap<>(LakeTable.class);
        Map<LakeTable, List<DataFile>> files = new EnumMap<>(LakeTable.class);
        tables.together().forEach((lakeTable, table) -> {
            OptionalLong snapshot = snapshot(table, moment);
            List<DataFile> then = snapshot.isEmpty()
                    ? List.of()
                    : SnapshotFiles.of(table, snapshot.getAsLong(), Expressions.alwaysTrue());
            files.put(lakeTable, then);
            relations.put(lakeTable, SnapshotFiles.relation(lakeTable, table, SnapshotFiles.paths(then)));
        });
        return new TableRelations(relations, files, tables.files());
    }

    /// Reads the files of tables to their last byte.
    ///
    /// @throws LakeDamaged if one is not what was written
    void requireSound(Predicate<LakeTable> which) {
        files.forEach((table, then) -> {
            if (which.test(table)) {
                check.require(table, then);
            }
        });
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
