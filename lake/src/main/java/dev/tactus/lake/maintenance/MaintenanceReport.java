package dev.tactus.lake.maintenance;

import dev.tactus.lake.table.LakeTable;
import java.util.List;

/// What maintenance did.
///
/// @param orphanFiles unreferenced data and metadata files deleted
/// @param stagedFiles staged and temporary files deleted
/// @param freedBytes their size
public record MaintenanceReport(List<TableReport> tables, long orphanFiles, long stagedFiles, long freedBytes) {
    public MaintenanceReport {
        tables = List.copyOf(tables);
    }

    /// What it did to one table.
    ///
    /// @param rows unchanged by compaction, proven before its commit
    /// @param filesBefore data files of the current snapshot before compaction
    public record TableReport(
            LakeTable table, long rows, long filesBefore, long filesAfter, long snapshotsExpired, long snapshotsKept) {}
}
