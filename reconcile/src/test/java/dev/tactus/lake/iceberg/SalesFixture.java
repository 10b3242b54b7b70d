package dev.tactus.lake.iceberg;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.duckdb.DuckDbSql;
import dev.tactus.lake.files.DiskFiles;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.lake.place.CatalogDatabase;
import dev.tactus.lake.table.CommitListener;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.jdbc.JdbcClientPool;

/// Puts rows into tables that only other rooms write, for tests: whatever a SELECT gives becomes the whole table.
public final class SalesFixture {
    private SalesFixture() {}

    /// Makes what a SELECT gives the whole table.
    ///
    /// @param selection a SELECT of any of the columns, by name
    public static void becomes(Path folder, LakeTable lakeTable, String selection) {
        LakeSettings settings = new LakeSettings(128, 1, 64L << 20);
        try (LakeCatalog tables = LakeCatalog.open(
                        new DiskFiles(folder, new DiskWriter(DiskListener.none())),
                        CatalogDatabase.in(folder),
                        properties -> new JdbcClientPool(Objects.requireNonNull(properties.get("uri")), properties),
                        InstantSource.system());
                DuckDb duck = DuckDb.open(settings, folder.resolve("tmp"))) {
            Table table = tables.fresh(lakeTable);
            duck.run("CREATE TABLE staged (" + DuckDbSql.definition(lakeTable) + ")");
            duck.run("INSERT INTO staged BY NAME " + selection);
            long base = Snapshots.currentId(table);
            List<DataFile> present = base < 0 ? List.of() : SnapshotFiles.of(table, base, Expressions.alwaysTrue());
            DataFileWriter rewriter = new DataFileWriter(duck, lakeTable, table, settings.targetFileBytes());
            List<DataFile> added = rewriter.write("SELECT * FROM staged", Map.of(), rewriter.fingerprint("staged"));
            String id = "fixture-" + UUID.randomUUID();
            TableChange change = new TableChange(lakeTable, base, 0, added, present, Expressions.alwaysTrue(), false);
            try (CommitSequence commits =
                    new CommitSequence(tables, CommitLabel.of(id, "fixture", Map.of()), List.of(change))) {
                commits.commit(CommitListener.none());
            }
        }
    }
}
