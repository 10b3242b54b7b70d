package dev.tactus.lake.publication;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.iceberg.DataFileWriter;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.iceberg.Snapshots;
import dev.tactus.lake.iceberg.TableChange;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

/// A table that the ledger decides: all its files give way to what the ledger says now.
public final class TableReplacement {
    private TableReplacement() {}

    /// What the commit does; absent where the table is empty and stays so.
    ///
    /// @param selection a SELECT of all columns of the table
    public static Optional<TableChange> replaced(
            DuckDb duck, LakeTable lakeTable, LakeCatalog tables, LakeSettings settings, String selection) {
        Table table = tables.fresh(lakeTable);
        long base = Snapshots.currentId(table);
        List<DataFile> present = base < 0 ? List.of() : SnapshotFiles.of(table, base, Expressions.alwaysTrue());
        DataFileWriter rewriter = new DataFileWriter(duck, lakeTable, table, settings.targetFileBytes());
        DataFileWriter.Fingerprint expected = rewriter.fingerprint("(" + selection + ")");
        if (present.isEmpty() && expected.rows() == 0) {
            return Optional.empty();
        }
        List<DataFile> added = rewriter.write(selection, Map.of(), expected);
        return Optional.of(
                new TableChange(lakeTable, base, expected.rows(), added, present, Expressions.alwaysTrue(), false));
    }
}
