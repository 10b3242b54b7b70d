package dev.tactus.lake;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

/// The data files that make up the tables at one moment.
///
/// @param paths of each table, empty where it has none
record TableFiles(Map<LakeTable, List<String>> paths) {
    static TableFiles asOf(Tables tables, Instant moment) {
        Map<LakeTable, List<String>> paths = new EnumMap<>(LakeTable.class);
        for (LakeTable lakeTable : LakeTable.values()) {
            Table table = tables.fresh(lakeTable);
            OptionalLong snapshot = snapshot(table, moment);
            paths.put(
                    lakeTable,
                    snapshot.isEmpty()
                            ? List.of()
                            : CurrentFiles.paths(
                                    CurrentFiles.of(table, snapshot.getAsLong(), Expressions.alwaysTrue())));
        }
        return new TableFiles(paths);
    }

    private static OptionalLong snapshot(Table table, Instant moment) {
        OptionalLong last = OptionalLong.empty();
        for (HistoryEntry entry : table.history()) {
            if (!Instant.ofEpochMilli(entry.timestampMillis()).isAfter(moment)
                    && table.snapshot(entry.snapshotId()) != null) {
                last = OptionalLong.of(entry.snapshotId());
            }
        }
        return last;
    }
}
