package dev.tactus.lake.sales;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.iceberg.DataFileWriter;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.iceberg.Snapshots;
import dev.tactus.lake.iceberg.TableChange;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/// The rows of some reports, on their way out of a table: files that hold nothing else go, others are written anew
/// without them.
///
/// @param base the snapshot it was prepared on, −1 for an empty table
/// @param rows that go
/// @param removed files that the commit takes out
/// @param kept files that hold the other rows of those
/// @param touched where nobody else may have changed anything meanwhile
record SalesRemoval(long base, long rows, List<DataFile> removed, List<DataFile> kept, Expression touched) {
    static SalesRemoval prepare(
            DuckDb duck, LakeTable lakeTable, LakeCatalog tables, LakeSettings settings, Set<String> reportIds) {
        Table table = tables.fresh(lakeTable);
        long base = Snapshots.currentId(table);
        Expression theirs = Expressions.in("report_id", reportIds.toArray());
        List<DataFile> removed = new ArrayList<>();
        List<DataFile> kept = new ArrayList<>();
        if (base < 0 || reportIds.isEmpty()) {
            return new SalesRemoval(base, 0, removed, kept, Expressions.alwaysFalse());
        }
        String ids = reportIds.stream().map(DuckDbSql::text).sorted().collect(Collectors.joining(", "));
        DataFileWriter rewriter = new DataFileWriter(duck, lakeTable, table, settings.targetFileBytes());
        long rows = 0;
        try {
            // the files' bounds tell which may hold them; the rows tell which do
            for (DataFile file : SnapshotFiles.of(table, base, theirs)) {
                tables.files().require(lakeTable, List.of(file));
                String relation = SnapshotFiles.relation(lakeTable, table, List.of(file.location()));
                long going = duck.number("SELECT count(*) FROM " + relation + " t WHERE report_id IN (" + ids + ")");
                if (going == 0) {
                    continue;
                }
                removed.add(file);
                rows += going;
                if (going < file.recordCount()) {
                    String staying = "SELECT * FROM " + relation + " t WHERE report_id NOT IN (" + ids + ")";
                    kept.addAll(rewriter.write(staying, Map.of(), rewriter.fingerprint("(" + staying + ")")));
                }
            }
        } catch (RuntimeException e) {
            rewriter.discard(kept);
            throw e;
        }
        return new SalesRemoval(base, rows, removed, kept, theirs);
    }

    /// What the commit of a table does: these files in, those rows out.
    TableChange with(LakeTable lakeTable, List<DataFile> added, long addedRows) {
        if (removed.isEmpty()) {
            return new TableChange(lakeTable, base, addedRows, added, List.of(), Expressions.alwaysFalse(), true);
        }
        List<DataFile> all = new ArrayList<>(added);
        all.addAll(kept);
        return new TableChange(lakeTable, base, addedRows, all, removed, touched, false);
    }
}
