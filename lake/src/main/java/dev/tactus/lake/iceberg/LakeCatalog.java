package dev.tactus.lake.iceberg;

import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.files.Disk;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.types.Types.NestedField;

/// The catalog in SQLite and the tables it names: created where missing, given the columns they lack.
public final class LakeCatalog implements AutoCloseable {
    static final String CATALOG = "tactus";
    private static final Namespace NAMESPACE = Namespace.of("tactus");
    private static final Map<String, String> PROPERTIES = Map.of(
            "format-version", "2",
            "write.format.default", "parquet",
            "write.parquet.compression-codec", "zstd",
            // deletes nothing by itself: the sweep takes metadata that has left the log
            "write.metadata.previous-versions-max", "50",
            "write.metadata.delete-after-commit.enabled", "false");

    private final JdbcCatalog catalog;
    private final CatalogTransaction transaction;
    private final CommitClock clock;
    private final EpochRegister epochs;
    private final DataFileCheck files;
    private final DiskWriter disk;
    private final Map<LakeTable, Table> tables = new EnumMap<>(LakeTable.class);
    /// Iceberg's table objects hold the state they last read.
    private final ReentrantLock lock = new ReentrantLock();

    private LakeCatalog(
            JdbcCatalog catalog, CatalogTransaction transaction, Path folder, InstantSource clock, DiskWriter disk) {
        this.catalog = catalog;
        this.transaction = transaction;
        this.clock = new CommitClock(clock);
        this.epochs = new EpochRegister(catalog, NAMESPACE);
        this.files = new DataFileCheck(folder);
        this.disk = disk;
    }

    /// Opens the catalog of that folder, made where it is missing.
    ///
    /// @param connections to the catalog's database, from the catalog's properties
    /// @param clock tells the time that commits are stamped with
    /// @param listener is told of each step towards the disk
    public static LakeCatalog open(
            Path folder,
            Function<Map<String, String>, JdbcClientPool> connections,
            InstantSource clock,
            DiskListener listener) {
        DiskWriter disk = new DiskWriter(listener);
        Path database = folder.resolve("catalog.db");
        Map<String, String> properties = Map.of(
                "uri",
                "jdbc:sqlite:" + database,
                "warehouse",
                folder.toString(),
                "jdbc.schema-version",
                "V1",
                "jdbc.synchronous",
                "FULL",
                "jdbc.busy_timeout",
                "20000",
                // a transaction has the right to write from its first statement on
                "jdbc.transaction_mode",
                "IMMEDIATE",
                "clients",
                "1");
        JdbcClientPool connection = connections.apply(properties);
        JdbcCatalog catalog = new JdbcCatalog(_ -> new DurableFileIO(disk), _ -> connection, true);
        LakeCatalog opened =
                new LakeCatalog(catalog, new CatalogTransaction(connection, database, disk), folder, clock, disk);
        try {
            catalog.initialize(CATALOG, properties);
            Disk.keepPrivate(database);
            if (!catalog.namespaceExists(NAMESPACE)) {
                catalog.createNamespace(NAMESPACE, Map.of());
            }
            for (LakeTable table : LakeTable.values()) {
                opened.tables.put(table, opened.open(table, folder));
            }
            opened.hint(List.of(LakeTable.values()));
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw LakeFailures.of("the lake in " + folder + " can't be opened", e);
        }
    }

    private Table open(LakeTable lakeTable, Path folder) {
        TableIdentifier id = TableIdentifier.of(NAMESPACE, lakeTable.label());
        try {
            Table table = catalog.loadTable(id);
            if (!Files.isSameFile(
                    Path.of(table.location()), folder.resolve("tactus").resolve(lakeTable.label()))) {
                throw moved(folder, table.location());
            }
            if (neverWritten(table) && !isAsDeclared(table, lakeTable)) {
                catalog.dropTable(id, false);
                return create(id, lakeTable, folder);
            }
            return evolved(table, lakeTable);
        } catch (NoSuchTableException e) {
            return create(id, lakeTable, folder);
        } catch (NotFoundException | IOException e) {
            String where = e instanceof NotFoundException ? LakeFailures.words(e) : "another folder";
            throw moved(folder, where);
        }
    }

    private Table create(TableIdentifier id, LakeTable lakeTable, Path folder) {
        return catalog.buildTable(id, lakeTable.schema())
                .withPartitionSpec(lakeTable.spec())
                .withLocation(
                        folder.resolve("tactus").resolve(lakeTable.label()).toString())
                .withProperties(PROPERTIES)
                .create();
    }

    private static boolean neverWritten(Table table) {
        return !table.snapshots().iterator().hasNext();
    }

    /// Partitions, and the ids inside new nested columns, can't be given to a table afterwards as a new one has them; a
    /// table that holds nothing is made anew instead.
    private static boolean isAsDeclared(Table table, LakeTable declared) {
        return table.schema().sameSchema(declared.schema()) && table.spec().compatibleWith(declared.spec());
    }

    private static LakeUnavailable moved(Path folder, String where) {
        return new LakeUnavailable(
                "the lake in " + folder + " was moved: its tables point to " + where
                        + ". Iceberg's metadata holds absolute paths: move it back, make a backup there (tactus backup), and"
                        + " bring that here (tactus restore); or put a symbolic link where it was",
                null);
    }

    /// Adds what this version knows and the table does not; ids must come out as declared.
    private static Table evolved(Table table, LakeTable declared) {
        Set<String> present =
                table.schema().columns().stream().map(NestedField::name).collect(Collectors.toSet());
        UpdateSchema update = table.updateSchema();
        boolean lacking = false;
        for (NestedField field : declared.fields()) {
            if (!present.contains(field.name())) {
                update.addColumn(field.name(), field.type());
                lacking = true;
            }
        }
        if (lacking) {
            update.commit();
        }
        Schema schema = table.schema();
        for (NestedField field : declared.fields()) {
            NestedField stored = schema.findField(field.name());
            if (stored.fieldId() != field.fieldId() || !stored.type().equals(field.type())) {
                throw new LakeDamaged(
                        "the lake's table " + declared.label() + " has another column " + stored + " than " + field
                                + ", which this version writes; use the version that made it",
                        null);
            }
        }
        return table;
    }

    /// Works on the tables while no other thread of this process does.
    ///
    /// @param failing what to say where the machine does not let it
    public <T> T locked(String failing, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } catch (UncheckedIOException | UncheckedSQLException | NotFoundException e) {
            throw LakeFailures.of(failing, e);
        } finally {
            lock.unlock();
        }
    }

    /// What brings files to the disk.
    public DiskWriter disk() {
        return disk;
    }

    /// What proves that data files are what was written.
    public DataFileCheck files() {
        return files;
    }

    /// Changes tables, all of them in one moment: readers see them before or after, and so does whoever opens the lake
    /// after a crash. An interrupt waits until it is done. Where it throws, [#fresh] tells what was kept.
    <T> T atOnce(Function<Instant, T> changes) {
        return uninterrupted(() -> transaction.isOpen() ? work(changes) : counted(changes));
    }

    private <T> T work(Function<Instant, T> changes) {
        return changes.apply(clock.next(together().values()));
    }

    private record Counted<T>(T result, long epoch) {}

    private <T> T counted(Function<Instant, T> changes) {
        String mark = epochs.announce();
        try {
            Counted<T> done = transaction.run(() -> new Counted<>(work(changes), epochs.raise(mark)));
            epochs.made(done.epoch());
            return done.result();
        } catch (RuntimeException e) {
            epochs.lookUp(mark);
            throw e;
        }
    }

    /// Whose it is, and how often it has changed.
    public EpochRegister epochs() {
        return epochs;
    }

    /// An interrupt inside the catalog would leave it unknown whether a commit happened.
    private <T> T uninterrupted(Supplier<T> work) {
        lock.lock();
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            lock.unlock();
        }
    }

    /// Commits a change of one table that leaves its rows as they are.
    public void commit(Table table, SnapshotUpdate<?> update) {
        atOnce(at -> {
            new TimedCommit(table, at).snapshot(update);
            return table;
        });
    }

    /// Forgets snapshots of a table.
    public void expire(Table table, Set<Long> snapshots) {
        atOnce(at -> {
            new TimedCommit(table, at).expire(snapshots);
            return table;
        });
    }

    /// How far the last commit is ahead of the clock; absent where it is not, or by little.
    public Optional<Duration> ahead() {
        return clock.ahead(together().values());
    }

    /// All tables as one commit left them: none is newer than another.
    ///
    /// They are looked at one by one, until nothing has changed in between; commits are rare beside that.
    public Map<LakeTable, Table> together() {
        Map<LakeTable, Table> now = new EnumMap<>(LakeTable.class);
        Map<LakeTable, String> seen = Map.of();
        for (Map<LakeTable, String> again = pointers(now); !again.equals(seen); again = pointers(now)) {
            seen = again;
        }
        return now;
    }

    private Map<LakeTable, String> pointers(Map<LakeTable, Table> refreshed) {
        Map<LakeTable, String> pointers = new EnumMap<>(LakeTable.class);
        for (LakeTable table : LakeTable.values()) {
            refreshed.put(table, fresh(table));
            pointers.put(table, metadata(table));
        }
        return pointers;
    }

    /// The table, as fresh as the catalog knows it.
    public Table fresh(LakeTable table) {
        Table loaded = get(table);
        loaded.refresh();
        return loaded;
    }

    private Table get(LakeTable table) {
        Table loaded = tables.get(table);
        if (loaded == null) {
            throw new IllegalStateException(table.label() + " was never opened");
        }
        return loaded;
    }

    /// The metadata file that the catalog names for a table.
    public String metadata(LakeTable table) {
        return ((HasTableOperations) get(table)).operations().current().metadataFileLocation();
    }

    /// Lets readers by path see what the catalog's readers see: first everything that the hints will name, then the
    /// hints, one right after the other. A file system has nothing that would move them in one moment.
    public void hint(Collection<LakeTable> changed) {
        uninterrupted(() -> {
            changed.forEach(table -> hint(table, VersionHint::copy));
            changed.forEach(table -> hint(table, VersionHint::point));
            return changed;
        });
    }

    private interface HintStep {
        void towards(Path metadata, DiskWriter disk) throws IOException;
    }

    private void hint(LakeTable table, HintStep step) {
        String metadata = metadata(table);
        try {
            step.towards(DurableFileIO.path(metadata), disk);
        } catch (IOException e) {
            throw LakeFailures.of("the version hint beside " + metadata + " can't be written", e);
        }
    }

    @Override
    public void close() {
        catalog.close();
    }
}
