package dev.tactus.lake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

/// A table that the ledger decides: all its files give way to what the ledger says now.
final class WholeTable {
    private WholeTable() {}

    /// What the commit does; absent where the table is empty and stays so.
    ///
    /// @param selection a SELECT of all columns of the table
    static Optional<PreparedTable> replaced(
            Duck duck, LakeTable lakeTable, Tables tables, LakeSettings settings, String selection) {
        Table table = tables.fresh(lakeTable);
        long base = Snapshots.currentId(table);
        List<DataFile> present = base < 0 ? List.of() : CurrentFiles.of(table, base, Expressions.alwaysTrue());
        Rewriter rewriter = new Rewriter(duck, lakeTable, table, settings.targetFileBytes());
        Rewriter.Fingerprint expected = rewriter.fingerprint("(" + selection + ")");
        if (present.isEmpty() && expected.rows() == 0) {
            return Optional.empty();
        }
        List<DataFile> added = rewriter.write(selection, Map.of(), expected);
        return Optional.of(
                new PreparedTable(lakeTable, base, expected.rows(), added, present, Expressions.alwaysTrue(), false));
    }
}
