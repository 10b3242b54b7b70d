package dev.tactus.lake;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.duckdb.DuckDb;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.Disk;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.iceberg.DataFileDigests;
import dev.tactus.lake.iceberg.LakeCatalog;
import dev.tactus.lake.iceberg.SnapshotFiles;
import dev.tactus.lake.iceberg.SnapshotTags;
import dev.tactus.lake.iceberg.Snapshots;
import dev.tactus.lake.iceberg.TableChange;
import dev.tactus.lake.iceberg.TableSummaries;
import dev.tactus.lake.maintenance.Maintenance;
import dev.tactus.lake.maintenance.MaintenanceReport;
import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.lake.publication.CommitListener;
import dev.tactus.lake.publication.LedgerRows;
import dev.tactus.lake.publication.PreparedPublication;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.publication.PublicationWriter;
import dev.tactus.lake.publication.TableReplacement;
import dev.tactus.lake.publication.UsageMatchRow;
import dev.tactus.lake.query.LakeQuery;
import dev.tactus.lake.query.RowSink;
import dev.tactus.lake.query.TableRelations;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.sales.SalesRemoval;
import dev.tactus.lake.staging.ChunkWriter;
import dev.tactus.lake.staging.StagingFolder;
import dev.tactus.lake.table.FileDigest;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.lake.table.TablePart;
import dev.tactus.lake.table.TableSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/// The lake: Iceberg tables on local files, with a catalog in SQLite, written and read by DuckDB.
///
/// In its folder stand `catalog.db`, a folder for each table under `tactus/`, sealed chunks under `staging/` and
/// DuckDB's spilled memory under `tmp/`.
///
/// Any thread may stage, query and list; one publication or maintenance runs at a time, of one process: the ledger's
/// lock sees to that, and the tables' commits notice when it does not.
public final class Lake implements AutoCloseable {
    private final Path folder;
    private final LakeSettings settings;
    private final LakeCatalog tables;
    private final StagingFolder staging;
    /// Iceberg's table objects hold the state they last read.
    private final ReentrantLock lock = new ReentrantLock();

    private Lake(Path folder, LakeSettings settings, LakeCatalog tables) {
        this.folder = folder;
        this.settings = settings;
        this.tables = tables;
        this.staging = new StagingFolder(folder);
    }

    /// Opens the lake of that folder, creating folder, catalog and tables where they are missing.
    ///
    /// @throws LakeUnavailable if the folder can't be written or the lake was moved
    public static Lake open(Path folder, LakeSettings settings) {
        return open(folder, settings, properties -> new JdbcClientPool(required(properties, "uri"), properties));
    }

    private static String required(Map<String, String> properties, String name) {
        return Objects.requireNonNull(properties.get(name), name);
    }

    static Lake open(Path folder, LakeSettings settings, Function<Map<String, String>, JdbcClientPool> connections) {
        try {
            Disk.createFolder(folder);
            Path real = folder.toRealPath();
            return new Lake(real, settings, LakeCatalog.open(real, connections));
        } catch (IOException e) {
            throw LakeFailures.of("the lake's folder " + folder.toAbsolutePath() + " can't be made or read", e);
        }
    }

    /// A writer for a run's rows; close it when the run has no more.
    public ChunkWriter stage(String runId) {
        return new ChunkWriter(staging, runId, () -> DuckDb.open(settings, temporary()));
    }

    /// Sealed files that stand on disk for a run, noted anywhere or not; relative to the lake's folder.
    public List<Path> staged(String runId) {
        return staging.files(runId);
    }

    /// Deletes staged files: those nobody noted, or those that are published. Missing ones are fine.
    public void discard(Collection<Path> files) {
        staging.discard(files);
    }

    /// Writes the files of a publication and audits them; nothing is visible yet.
    ///
    /// @throws LakeDamaged if a staged file is missing or not what was noted
    public PreparedPublication prepare(Publication publication) {
        return locked("the publication " + publication.id() + " can't be prepared", () -> {
            try (PublicationWriter publisher =
                    new PublicationWriter(tables, staging, settings, temporary(), publication)) {
                return publisher.prepare();
            }
        });
    }

    /// A writer for the rows of one sales report; close it when they are committed, or given up.
    ///
    /// @param reportId never used before
    public SalesWriter sales(String reportId, String sender) {
        return locked("the report " + reportId + " can't be written", () -> {
            // the writer brings its own threads: one of DuckDB's would spin for work beside them
            DuckDb duck = DuckDb.open(settings.withThreads(1), temporary());
            try {
                return new SalesWriter(this, tables, duck, reportId, sender);
            } catch (SQLException | RuntimeException e) {
                duck.close();
                throw LakeFailures.of("the report " + reportId + " can't be written", e);
            }
        });
    }

    /// Takes the rows of reports out of the lake's current state; earlier snapshots keep them.
    ///
    /// @param publicationId carried by the snapshots, so that it is done once; a repeated call is safe
    /// @return how many rows of sales went
    public long takeBack(String publicationId, Set<String> reportIds, Map<String, String> properties) {
        return commit(LakeTable.SALES, publicationId, properties, fresh -> {
                    try (DuckDb duck = DuckDb.open(settings, temporary())) {
                        return List.of(
                                SalesRemoval.of(duck, LakeTable.SALES_REJECTS, fresh, settings, reportIds),
                                SalesRemoval.of(duck, LakeTable.SALES, fresh, settings, reportIds));
                    }
                })
                .stream()
                .filter(c -> c.table() == LakeTable.SALES)
                .mapToLong(c -> c.removed() - c.added())
                .sum();
    }

    /// Gives the table of people's decisions about usage these rows in place of what it has.
    ///
    /// @param publicationId carried by the snapshot, so that it is done once; a repeated call is safe
    public void replaceUsageMatches(String publicationId, List<UsageMatchRow> rows) {
        commit(LakeTable.USAGE_MATCHES, publicationId, Map.of(), fresh -> {
            try (DuckDb duck = DuckDb.open(settings, temporary())) {
                String selection = LedgerRows.usageMatches(duck, rows);
                return TableReplacement.replaced(duck, LakeTable.USAGE_MATCHES, fresh, settings, selection).stream()
                        .toList();
            }
        });
    }

    /// Commits changes that come from reports, each exactly once.
    ///
    /// @param last the table that is committed last: once it is, all is
    List<TableCommit> commit(
            LakeTable last,
            String publicationId,
            Map<String, String> properties,
            Function<LakeCatalog, List<TableChange>> change) {
        return locked("the table " + last.label() + " can't be changed", () -> {
            Publication publication = new Publication(
                    publicationId, publicationId, "reports", List.of(), List.of(), properties, List.of(), List.of());
            List<TableChange> prepared =
                    landed(publicationId).stream().anyMatch(c -> c.table() == last) ? List.of() : change.apply(tables);
            try (PreparedPublication ready = new PreparedPublication(tables, publication, List.of(), prepared)) {
                return ready.commit(CommitListener.none());
            }
        });
    }

    /// The rows of a table as they are now, for a FROM clause.
    String current(LakeTable lakeTable) {
        return locked("the table " + lakeTable.label() + " can't be read", () -> {
            Table table = tables.fresh(lakeTable);
            long snapshot = Snapshots.currentId(table);
            return SnapshotFiles.relation(
                    lakeTable,
                    table,
                    snapshot < 0
                            ? List.of()
                            : SnapshotFiles.paths(SnapshotFiles.of(table, snapshot, Expressions.alwaysTrue())));
        });
    }

    LakeSettings settings() {
        return settings;
    }

    /// The tables that already carry a publication, from the snapshots.
    public List<TableCommit> landed(String publicationId) {
        return locked("the snapshots can't be read", () -> {
            List<TableCommit> all = new ArrayList<>();
            for (LakeTable table : LakeTable.values()) {
                Snapshots.of(tables.fresh(table), publicationId)
                        .ifPresent(snapshot -> all.add(Snapshots.committed(table, snapshot)));
            }
            return List.copyOf(all);
        });
    }

    /// Answers one SELECT over the tables as they are now; returns the number of rows.
    ///
    /// @throws QueryRefused if it is anything else, or wrong
    public long query(String sql, RowSink sink) {
        return new LakeQuery(settings, folder, files(Instant.MAX)).run(sql, sink);
    }

    /// Answers one SELECT over the tables as they were then, as far as maintenance has kept their history.
    public long query(String sql, Instant asOf, RowSink sink) {
        return new LakeQuery(settings, folder, files(asOf)).run(sql, sink);
    }

    /// A DuckDB over the tables as they are now.
    ///
    /// @param memoryMegabytes DuckDB's own limit, in place of the settings'
    public Workbench workbench(int memoryMegabytes) {
        return locked("the tables can't be read", () -> {
            Map<LakeTable, Long> now = new EnumMap<>(LakeTable.class);
            for (LakeTable table : LakeTable.values()) {
                long current = Snapshots.currentId(tables.fresh(table));
                if (current >= 0) {
                    now.put(table, current);
                }
            }
            return bench(memoryMegabytes, now);
        });
    }

    /// A DuckDB over these snapshots; a table that is not named is empty.
    public Workbench workbench(int memoryMegabytes, Map<LakeTable, Long> snapshots) {
        return locked("the tables can't be read", () -> bench(memoryMegabytes, snapshots));
    }

    private Workbench bench(int memoryMegabytes, Map<LakeTable, Long> snapshots) {
        LakeSettings bounded = new LakeSettings(memoryMegabytes, settings.threads(), settings.targetFileBytes());
        return new Workbench(tables, bounded, folder, this::locked, snapshots);
    }

    /// Names snapshots, so that they and their files stay. A name that is there already is moved.
    public void tag(String name, Map<LakeTable, Long> snapshots) {
        locked("the tables can't be tagged", () -> {
            new SnapshotTags(tables).set(name, snapshots);
            return name;
        });
    }

    /// The snapshots with this name, by table; empty where there is none.
    public Map<LakeTable, Long> tagged(String name) {
        return locked("the tables can't be read", () -> new SnapshotTags(tables).find(name));
    }

    /// The data files of part of a table as it was at a snapshot, each read to its last byte.
    public List<FileDigest> digests(TablePart part, long snapshotId) {
        return locked(
                "the files of " + part.table().label() + " can't be read",
                () -> DataFileDigests.of(
                        folder, part.table(), SnapshotFiles.of(tables.fresh(part.table()), snapshotId, part.where())));
    }

    /// The data files that a commit added, each read to its last byte.
    public List<FileDigest> added(LakeTable table, long snapshotId) {
        return locked("the files of " + table.label() + " can't be read", () -> {
            Table iceberg = tables.fresh(table);
            List<DataFile> files = new ArrayList<>();
            SnapshotChanges.builderFor(iceberg)
                    .snapshot(iceberg.snapshot(snapshotId))
                    .build()
                    .addedDataFiles()
                    .forEach(files::add);
            return DataFileDigests.of(folder, table, files);
        });
    }

    /// The SHA-256 of a file below the lake's folder; empty where it is not there.
    public Optional<String> sha256(String path) {
        Path file = folder.resolve(path);
        if (!file.normalize().startsWith(folder) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Sha256.of(file).hex());
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be read", e);
        }
    }

    /// Whether a table's current snapshot refers to a data file.
    public boolean isReferred(LakeTable table, String path) {
        return locked("the files of " + table.label() + " can't be listed", () -> {
            Table iceberg = tables.fresh(table);
            long current = Snapshots.currentId(iceberg);
            return current >= 0
                    && SnapshotFiles.of(iceberg, current, Expressions.alwaysTrue()).stream()
                            .anyMatch(
                                    file -> DurableFileIO.path(file.location()).equals(folder.resolve(path)));
        });
    }

    /// Puts a file below the lake's folder, forced to disk: readers see what was there before, or all of this.
    public void put(String path, byte[] content) {
        Path file = folder.resolve(path);
        try {
            Disk.createParent(file);
            Disk.replace(file, content);
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be written", e);
        }
    }

    /// Whether a snapshot of a table is still there.
    public boolean has(LakeTable table, long snapshotId) {
        return locked("the tables can't be read", () -> tables.fresh(table).snapshot(snapshotId) != null);
    }

    /// What the newest commit that replaced a source and period of a table said of itself; empty where none is known.
    public Map<String, String> lastReplacement(LakeTable table, String source, String period) {
        return locked(
                "the snapshots can't be read", () -> Snapshots.lastReplacement(tables.fresh(table), source, period));
    }

    /// The lake's folder.
    public Path folder() {
        return folder;
    }

    private TableRelations files(Instant asOf) {
        return locked("the tables can't be read", () -> TableRelations.asOf(tables, asOf));
    }

    /// What each table holds now.
    public List<TableSummary> tables() {
        return locked("the tables can't be read", () -> TableSummaries.of(tables));
    }

    /// Merges small files, forgets old snapshots, deletes what nothing refers to.
    public MaintenanceReport maintain(MaintenanceSettings maintenance) {
        return locked(
                "maintenance stopped; what it did stays, and it can be repeated",
                () -> new Maintenance(tables, settings, folder, maintenance).run());
    }

    private <T> T locked(String failing, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } catch (UncheckedIOException | UncheckedSQLException | NotFoundException e) {
            throw LakeFailures.of(failing, e);
        } finally {
            lock.unlock();
        }
    }

    private Path temporary() {
        return folder.resolve("tmp");
    }

    @Override
    public void close() {
        tables.close();
    }
}
