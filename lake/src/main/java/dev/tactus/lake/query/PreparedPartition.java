package dev.tactus.lake.query;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.iceberg.CommitLabel;
import dev.tactus.lake.iceberg.CommitSequence;
import dev.tactus.lake.iceberg.DataFileWriter;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.iceberg.Snapshots;
import dev.tactus.lake.iceberg.TableChange;
import dev.tactus.lake.table.CommitListener;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/// New rows for a source and period, on disk and invisible until they are committed; closing them uncommitted leaves
/// nothing.
///
/// Whoever made them proves first, by reading [#relation], that they are what they should be. To be used while its
/// [Workbench] is open, by one thread.
public final class PreparedPartition implements AutoCloseable {
    private final LakeCatalog tables;
    private final PartitionReplacement replacement;
    private final List<TableChange> prepared = new ArrayList<>();
    private final Map<LakeTable, String> relations = new EnumMap<>(LakeTable.class);
    private boolean attempted;

    PreparedPartition(LakeCatalog tables, LakeSettings settings, DuckDb duck, PartitionReplacement replacement) {
        this.tables = tables;
        this.replacement = replacement;
        try {
            replacement.selections().forEach((table, selection) -> write(table, selection, duck, settings));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void write(LakeTable lakeTable, String selection, DuckDb duck, LakeSettings settings) {
        Table table = tables.fresh(lakeTable);
        Map<String, Object> partition = new LinkedHashMap<>();
        partition.put("source", replacement.source());
        partition.put("period", replacement.period());
        long base = Snapshots.currentId(table);
        List<DataFile> present = base < 0 ? List.of() : SnapshotFiles.of(table, base, SnapshotFiles.in(partition));
        List<DataFile> added = new ArrayList<>();
        DataFileWriter rewriter = new DataFileWriter(duck, lakeTable, table, settings.targetFileBytes());
        for (DataFile file : rewriter.writeUnproven(selection, partition)) {
            if (file.recordCount() > 0) {
                added.add(file);
            } else {
                rewriter.discard(List.of(file));
            }
        }
        long rows = added.stream().mapToLong(DataFile::recordCount).sum();
        prepared.add(new TableChange(lakeTable, base, rows, added, present, SnapshotFiles.in(partition), false));
        relations.put(lakeTable, SnapshotFiles.alike(lakeTable, tables.kept(), added));
    }

    /// The rows of a table as the files hold them, for a FROM clause.
    public String relation(LakeTable table) {
        String relation = relations.get(table);
        if (relation == null) {
            throw new IllegalArgumentException(table.label() + " was not written");
        }
        return relation;
    }

    /// Replaces what the tables held of this source and period: each in one commit, exactly once; readers see it before
    /// or after, never half.
    ///
    /// @throws LakeConflict if another process changed a table meanwhile
    public List<TableCommit> commit() {
        return tables.locked("the replacement " + replacement.id() + " can't be committed", () -> {
            CommitLabel label = CommitLabel.of(replacement.id(), replacement.source(), properties());
            // from here on the commit itself takes away what it did not try
            attempted = true;
            try (CommitSequence commits = new CommitSequence(tables, label, prepared)) {
                return commits.commit(CommitListener.none());
            }
        });
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>(replacement.properties());
        properties.put("period", replacement.period());
        return properties;
    }

    @Override
    public void close() {
        if (!attempted) {
            prepared.forEach(change -> tables.discard(change.added()));
        }
    }
}
