package dev.tactus.lake.query;

import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.iceberg.DataFileDigests;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.retention.PreparedRetention;
import dev.tactus.lake.retention.RetentionScope;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/// Tables whose snapshots are held still, over which other rooms compute: in a DuckDB, bounded, spilling into the lake,
/// or on another engine. Either way DuckDB writes what comes of it.
///
/// It runs the SQL it is given, unchecked: for the product's own statements, never for a person's. One thread at a
/// time. Closing it gives all its memory back.
public final class Workbench implements AutoCloseable {
    private final LakeCatalog tables;
    private final Path folder;
    private final LakeSettings settings;
    private final DuckDb duck;
    private final SqlEngine engine;
    private final Map<LakeTable, Long> snapshots;

    public Workbench(LakeCatalog tables, LakeSettings settings, Path folder, Map<LakeTable, Long> snapshots) {
        this(tables, settings, folder, snapshots, Optional.empty());
    }

    /// @param engine computes in place of DuckDB; closed with the workbench
    public Workbench(
            LakeCatalog tables,
            LakeSettings settings,
            Path folder,
            Map<LakeTable, Long> snapshots,
            Optional<SqlEngine> engine) {
        this.tables = tables;
        this.folder = folder;
        this.settings = settings;
        this.snapshots = new EnumMap<>(LakeTable.class);
        this.snapshots.putAll(snapshots);
        this.duck = DuckDb.open(settings, tables.kept().temporary());
        this.engine = engine.orElseGet(() -> new DuckDbEngine(duck));
    }

    /// The snapshots it sees; a table that is not among them is empty.
    public Map<LakeTable, Long> snapshots() {
        return Map.copyOf(snapshots);
    }

    public Optional<Long> snapshot(LakeTable table) {
        return Optional.ofNullable(snapshots.get(table));
    }

    /// The rows of some of a table's files, for a FROM clause. The files are compared with their digests first.
    ///
    /// @throws LakeDamaged if one is not what was written
    public String relation(TablePart part) {
        return relation(part, snapshot(part.table()));
    }

    /// The same as of another snapshot; no rows where none is given.
    public String relation(TablePart part, Optional<Long> snapshot) {
        return tables.locked("the table " + part.table().label() + " can't be read", () -> {
            Table table = tables.fresh(part.table());
            List<DataFile> files = files(table, part, snapshot);
            tables.files().require(part.table(), files);
            return SnapshotFiles.relation(part.table(), table, SnapshotFiles.paths(files));
        });
    }

    /// The same without comparing the files with their digests: to show rows, never to compute with them.
    public String glance(TablePart part, Optional<Long> snapshot) {
        return tables.locked("the table " + part.table().label() + " can't be read", () -> {
            Table table = tables.fresh(part.table());
            return SnapshotFiles.relation(part.table(), table, SnapshotFiles.paths(files(table, part, snapshot)));
        });
    }

    /// The files that [#relation] reads, relative to the lake's folder, sorted.
    public List<String> files(TablePart part) {
        return tables.locked("the table " + part.table().label() + " can't be read", () -> {
            Table table = tables.fresh(part.table());
            return SnapshotFiles.paths(files(table, part, snapshot(part.table()))).stream()
                    .map(path -> DataFileDigests.relative(folder, DurableFileIO.path(path)))
                    .sorted()
                    .toList();
        });
    }

    private static List<DataFile> files(Table table, TablePart part, Optional<Long> snapshot) {
        return snapshot.map(id -> SnapshotFiles.of(table, id, part.where())).orElse(List.of());
    }

    public void run(String sql) {
        engine.run(sql);
    }

    public long number(String sql) {
        return engine.number(sql);
    }

    /// Streams an answer; returns the number of rows.
    public long query(String sql, RowSink sink) {
        return engine.query(sql, sink);
    }

    /// Appends rows to a table made here before.
    ///
    /// @param rows values are String, Long, LocalDate, Boolean or null, in the order of the columns
    public void fill(String table, Iterable<List<@Nullable Object>> rows) {
        engine.fill(table, rows);
    }

    /// Writes new rows for a source and period into files, invisible until they are committed.
    public PreparedPartition write(PartitionReplacement replacement) {
        return tables.locked(
                "the files of " + replacement.id() + " can't be written",
                () -> new PreparedPartition(tables, settings, duck, replacement.reading(engine::forDuckDb)));
    }

    /// Writes files without the bytes that are let go, invisible until they are committed.
    public PreparedRetention release(RetentionScope scope) {
        return tables.locked(
                "the " + scope.kind().label() + " can't be written without what is let go",
                () -> new PreparedRetention(tables, folder, duck, scope));
    }

    @Override
    public void close() {
        try {
            engine.close();
        } finally {
            duck.close();
        }
    }
}
