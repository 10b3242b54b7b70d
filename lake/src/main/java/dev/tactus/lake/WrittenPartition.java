package dev.tactus.lake;

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
public final class WrittenPartition implements AutoCloseable {
    private final Tables tables;
    private final Workbench.Locked locked;
    private final PartitionReplacement replacement;
    private final List<PreparedTable> prepared = new ArrayList<>();
    private final Map<LakeTable, String> relations = new EnumMap<>(LakeTable.class);
    private boolean attempted;

    WrittenPartition(
            Tables tables,
            LakeSettings settings,
            Duck duck,
            Workbench.Locked locked,
            PartitionReplacement replacement) {
        this.tables = tables;
        this.locked = locked;
        this.replacement = replacement;
        try {
            replacement.selections().forEach((table, selection) -> write(table, selection, duck, settings));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void write(LakeTable lakeTable, String selection, Duck duck, LakeSettings settings) {
        Table table = tables.fresh(lakeTable);
        Map<String, Object> partition = new LinkedHashMap<>();
        partition.put("source", replacement.source());
        partition.put("period", replacement.period());
        long base = Snapshots.currentId(table);
        List<DataFile> present = base < 0 ? List.of() : CurrentFiles.of(table, base, CurrentFiles.in(partition));
        List<DataFile> added = new ArrayList<>();
        Rewriter rewriter = new Rewriter(duck, lakeTable, table, settings.targetFileBytes());
        for (DataFile file : rewriter.writeUnproven(selection, partition)) {
            if (file.recordCount() > 0) {
                added.add(file);
            } else {
                Rewriter.discard(List.of(file.location()));
            }
        }
        long rows = added.stream().mapToLong(DataFile::recordCount).sum();
        prepared.add(new PreparedTable(lakeTable, base, rows, added, present, CurrentFiles.in(partition), false));
        relations.put(lakeTable, Sql.readAlike(lakeTable, CurrentFiles.paths(added)));
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
    public List<Committed> commit() {
        return locked.run("the replacement " + replacement.id() + " can't be committed", () -> {
            Publication publication = new Publication(
                    replacement.id(),
                    replacement.id(),
                    replacement.source(),
                    List.of(),
                    List.of(),
                    properties(),
                    List.of(),
                    List.of());
            // from here on the commit itself takes away what it did not try
            attempted = true;
            try (PreparedPublication commit = new PreparedPublication(tables, publication, List.of(), prepared)) {
                return commit.commit(CommitLog.none());
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
            prepared.forEach(change -> Rewriter.discard(CurrentFiles.paths(change.added())));
        }
    }
}
