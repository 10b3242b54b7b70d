package dev.tactus.lake.iceberg;

import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/// Sums up the tables from their current snapshots.
public final class TableSummaries {
    private TableSummaries() {}

    public static List<TableSummary> of(LakeCatalog tables) {
        List<TableSummary> all = new ArrayList<>();
        for (LakeTable lakeTable : LakeTable.values()) {
            Table table = tables.fresh(lakeTable);
            Snapshot current = table.currentSnapshot();
            Map<String, String> summary = current == null ? Map.of() : current.summary();
            long snapshots = 0;
            for (Snapshot _ : table.snapshots()) {
                snapshots++;
            }
            all.add(new TableSummary(
                    lakeTable,
                    Snapshots.number(summary, "total-records"),
                    Snapshots.number(summary, "total-data-files"),
                    Snapshots.number(summary, "total-files-size"),
                    snapshots,
                    current == null ? null : current.snapshotId(),
                    current == null ? null : Instant.ofEpochMilli(current.timestampMillis()),
                    table.location(),
                    tables.metadata(lakeTable)));
        }
        return List.copyOf(all);
    }
}
