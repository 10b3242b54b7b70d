package dev.tactus.lake.maintenance;

import dev.tactus.lake.files.DiskFiles;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.Snapshots;
import dev.tactus.lake.remote.BookFiles;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/// Keeps the lake small: merges files, forgets snapshots, deletes what nothing refers to any more, in this order.
///
/// Killed at any point it leaves the tables as they were or as they should be, and files that the next sweep takes.
public final class Maintenance {
    private final LakeCatalog tables;
    private final LakeSettings settings;
    private final LakeFiles kept;
    private final MaintenanceSettings maintenance;

    public Maintenance(LakeCatalog tables, LakeSettings settings, MaintenanceSettings maintenance) {
        this.tables = tables;
        this.settings = settings;
        this.kept = tables.kept();
        this.maintenance = maintenance;
    }

    public MaintenanceReport run() {
        List<MaintenanceReport.TableReport> reports = new ArrayList<>();
        OrphanFileSweep sweep = new OrphanFileSweep(kept, maintenance.sweepBefore());
        for (LakeTable lakeTable : LakeTable.values()) {
            Table table = tables.fresh(lakeTable);
            long before = files(table);
            new Compaction(settings, kept.temporary(), tables, lakeTable, table).run();
            long expired = expire(table);
            tables.hint(List.of(lakeTable));
            long kept = count(table);
            reports.add(new MaintenanceReport.TableReport(lakeTable, rows(table), before, files(table), expired, kept));
            sweep.table(table, tables.metadata(lakeTable));
        }
        tables.changes().ifPresent(changes -> sweep.changes(changes, BookFiles.named(changes, kept)));
        sweep.scratch(
                kept.folder().resolve("staging"),
                maintenance.staged(),
                new DiskFiles(kept.temporary(), new DiskWriter(DiskListener.none())));
        tables.digests().forget(sweep.deleted());
        return new MaintenanceReport(reports, sweep.orphans(), sweep.scratched(), sweep.freedBytes());
    }

    /// What there is to do.
    public MaintenanceEstimate estimate() {
        MaintenanceEstimate sum = MaintenanceEstimate.NOTHING;
        for (LakeTable lakeTable : LakeTable.values()) {
            Table table = tables.fresh(lakeTable);
            sum = sum.plus(new MaintenanceEstimate(
                    new Compaction(settings, kept.temporary(), tables, lakeTable, table).mergeable(),
                    expendable(table).size()));
        }
        return sum;
    }

    private long expire(Table table) {
        Set<Long> gone = expendable(table);
        if (gone.isEmpty()) {
            return 0;
        }
        // files are the sweep's, which knows the runs
        tables.expire(table, gone);
        return gone.size();
    }

    private Set<Long> expendable(Table table) {
        Set<Long> needed = table.refs().values().stream()
                .map(SnapshotRef::snapshotId)
                .collect(Collectors.toCollection(HashSet::new));
        List<Snapshot> newestFirst = StreamSupport.stream(table.snapshots().spliterator(), false)
                .sorted((a, b) -> Long.compare(b.sequenceNumber(), a.sequenceNumber()))
                .toList();
        newestFirst.stream().limit(maintenance.keepSnapshots()).forEach(s -> needed.add(s.snapshotId()));
        return newestFirst.stream()
                .filter(s -> !needed.contains(s.snapshotId()))
                .filter(s -> s.timestampMillis() < milliseconds(maintenance))
                .filter(s -> !maintenance
                        .protectedPublications()
                        .contains(s.summary().getOrDefault(Snapshots.PUBLICATION, "")))
                .map(Snapshot::snapshotId)
                .collect(Collectors.toSet());
    }

    private static long milliseconds(MaintenanceSettings maintenance) {
        return maintenance.expireBefore().getEpochSecond() > Long.MAX_VALUE / 1000
                ? Long.MAX_VALUE
                : maintenance.expireBefore().toEpochMilli();
    }

    private static long files(Table table) {
        Snapshot current = table.currentSnapshot();
        return current == null ? 0 : Snapshots.number(current.summary(), "total-data-files");
    }

    private static long rows(Table table) {
        Snapshot current = table.currentSnapshot();
        return current == null ? 0 : Snapshots.number(current.summary(), "total-records");
    }

    private static long count(Table table) {
        return StreamSupport.stream(table.snapshots().spliterator(), false).count();
    }
}
