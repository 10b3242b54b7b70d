package dev.tactus.lake.iceberg;

import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.place.CatalogDatabase;
import dev.tactus.lake.place.CatalogPlace;
import dev.tactus.lake.place.CatalogService;
import dev.tactus.lake.remote.CatalogTransaction;
import dev.tactus.lake.remote.RemoteCatalog;
import dev.tactus.lake.remote.RemoteStates;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The catalog and the tables it names: created where missing, given the columns they lack.
public final class LakeCatalog implements AutoCloseable {
    public static final String CATALOG = "tactus";
    static final Namespace NAMESPACE = Namespace.of("tactus");
    private static final Logger log = LoggerFactory.getLogger(LakeCatalog.class);

    private final JdbcCatalog catalog;
    private final Optional<RemoteCatalog> served;
    private final CatalogTransaction transaction;
    private final CommitClock clock;
    private final EpochRegister epochs;
    private final DigestRegister digests;
    private final ReleasedFiles released;
    private final MetadataCheck metadata;
    private final DataFileCheck files;
    private final LakeFiles kept;
    private final OpenTables tables = new OpenTables();
    /// Iceberg's table objects hold the state they last read.
    private final ReentrantLock lock = new ReentrantLock();

    private LakeCatalog(
            JdbcCatalog catalog,
            Optional<RemoteCatalog> served,
            CatalogTransaction transaction,
            DigestRegister digests,
            ReleasedFiles released,
            LakeFiles kept,
            InstantSource clock) {
        this.catalog = catalog;
        this.served = served;
        this.transaction = transaction;
        this.clock = new CommitClock(clock);
        this.epochs = new EpochRegister(catalog, transaction, NAMESPACE);
        this.digests = digests;
        this.released = released;
        this.metadata = new MetadataCheck(kept, digests, states());
        this.files = new DataFileCheck(kept, digests);
        this.kept = kept;
    }

    /// Opens the catalog of a lake to use it.
    static LakeCatalog open(
            LakeFiles kept,
            CatalogPlace place,
            Function<Map<String, String>, JdbcClientPool> connections,
            InstantSource clock) {
        return open(kept, place, connections, clock, Opening.TO_USE);
    }

    /// Opens the catalog of a lake.
    ///
    /// @param kept the lake's files
    /// @param place where the catalog is
    /// @param connections to the catalog's database, from the catalog's properties
    /// @param clock tells the time that commits are stamped with
    /// @param opening what for
    public static LakeCatalog open(
            LakeFiles kept,
            CatalogPlace place,
            Function<Map<String, String>, JdbcClientPool> connections,
            InstantSource clock,
            Opening opening) {
        boolean make = opening == Opening.TO_USE;
        CatalogDatabase database = switch (place) {
            case CatalogDatabase it -> it;
            case CatalogService _ -> CatalogDatabase.inMemory();
        };
        Map<String, String> properties = database.properties(DurableFileIO.location(kept.folder()));
        JdbcClientPool connection = connections.apply(properties);
        CatalogTransaction transaction = new CatalogTransaction(connection, kept);
        DigestRegister digests = new DigestRegister(kept, transaction);
        ReleasedFiles released = new ReleasedFiles(kept, transaction);
        RegisteredFiles noted = new RegisteredFiles(digests, released);
        JdbcCatalog catalog = new JdbcCatalog(
                _ -> new DurableFileIO(kept, noted), _ -> connection, make || place instanceof CatalogService);
        Optional<RemoteCatalog> served = place instanceof CatalogService service
                ? Optional.of(new RemoteCatalog(service, kept, noted))
                : Optional.empty();
        LakeCatalog opened = new LakeCatalog(catalog, served, transaction, digests, released, kept, clock);
        try {
            catalog.initialize(CATALOG, properties);
            served.ifPresent(transaction::follow);
            if (make && served.isEmpty() && database.file().isPresent()) {
                kept.permit(database.file().get());
            }
            digests.load(make);
            released.load();
            if (make) {
                makeNamespace(catalog);
                served.ifPresent(RemoteCatalog::makeNamespace);
            }
            TableOpener opener = new TableOpener(
                    served.map(RemoteCatalog::tables).orElse(catalog),
                    transaction,
                    digests,
                    kept,
                    opened.clock,
                    opening);
            for (LakeTable table : LakeTable.values()) {
                opened.tables.put(table, opener.open(table));
            }
            if (make) {
                served.ifPresent(RemoteCatalog::makeChanges);
            }
            if (!digests.isKept()) {
                opened.keepDigests(() -> {});
            }
            opened.tables.requireNewest(digests, opened.states());
            if (make && served.isEmpty()) {
                opened.hint(opener.made());
                VersionHint.catchUp(
                        Arrays.stream(LakeTable.values()).map(opened::metadata).toList(), kept);
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw LakeFailures.of("the lake in " + DurableFileIO.location(kept.folder()) + " can't be opened", e);
        }
    }

    private Optional<RemoteStates> states() {
        return served.map(catalog -> new RemoteStates(catalog, transaction));
    }

    /// What a lake is opened for.
    public enum Opening {
        /// what is missing is made, and what an earlier version made is brought up to date
        TO_USE,
        /// nothing is changed, and what is missing is told
        AS_IT_IS
    }

    private static void makeNamespace(JdbcCatalog catalog) {
        if (!catalog.namespaceExists(NAMESPACE)) {
            try {
                catalog.createNamespace(NAMESPACE, EpochRegister.TAKEN_OVER);
            } catch (AlreadyExistsException _) {
                // somebody who has opened the lake meanwhile has made the same one
                return;
            }
        }
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
        } catch (RuntimeException e) {
            throw LakeFailures.told(e).<RuntimeException>map(told -> told).orElse(e);
        } finally {
            lock.unlock();
        }
    }

    /// Where its files are.
    public LakeFiles kept() {
        return kept;
    }

    /// Deletes data files that no commit names.
    public void discard(List<DataFile> unnamed) {
        SnapshotFiles.discard(kept, unnamed);
    }

    /// What proves that data files are what was written.
    public DataFileCheck files() {
        return files;
    }

    /// The digests that are in no file's name.
    public DigestRegister digests() {
        return digests;
    }

    /// What proves that metadata is what was written.
    public MetadataCheck metadata() {
        return metadata;
    }

    /// Gives files of versions that noted no digests theirs, if that has not been done.
    ///
    /// @param elsewhere the SHA-256 that is noted of a data file somewhere else, by its path relative to the lake
    public void takeOver(Function<String, Optional<String>> elsewhere) {
        if (!epochs.isTakenOver()) {
            new OldFiles(kept, digests, metadata, clock.now()).note(together(), elsewhere);
            keepDigests(epochs::takenOver);
        } else if (!epochs.isSealed()) {
            keepDigests(() -> {});
        }
    }

    private void keepDigests(Runnable more) {
        transaction.run(() -> {
            more.run();
            digests.keep();
            return digests;
        });
        digests.kept();
    }

    /// Changes tables, all of them in one moment: readers see them before or after, and so does whoever opens the lake
    /// after a crash. An interrupt waits until it is done. Where it throws, [#fresh] tells what was kept.
    <T> T atOnce(Function<Instant, T> changes) {
        return uninterrupted(() -> transaction.isOpen() ? work(changes) : counted(changes));
    }

    /// Counts a change that is in no table.
    public void count() {
        atOnce(at -> at);
    }

    private <T> T work(Function<Instant, T> changes) {
        return changes.apply(clock.next(together().values()));
    }

    private record Counted<T>(T result, long epoch) {}

    private <T> T counted(Function<Instant, T> changes) {
        String mark = epochs.announce();
        try {
            Counted<T> done = transaction.run(() -> {
                T result = work(changes);
                digests.keep();
                released.keep();
                return new Counted<>(result, epochs.raise(mark));
            });
            digests.kept();
            released.kept();
            epochs.made(done.epoch());
            return done.result();
        } catch (RuntimeException e) {
            epochs.lookUp(mark);
            released.lookUp();
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

    /// The table that counts changes, and the files beside it that are needed; absent where a database does.
    public Optional<Table> changes() {
        return served.flatMap(RemoteCatalog::changes);
    }

    /// Whether it can be offered to others.
    ///
    /// @throws LakeUnavailable if a server does that already
    public void requireOwn() {
        served.ifPresent(catalog -> {
            throw new LakeUnavailable(
                    "the lake's catalog is offered at " + catalog.service() + " already: programs connect to that",
                    null);
        });
    }

    /// Lets others look into the catalog, one at a time.
    public <T> T offered(Function<JdbcCatalog, T> reading) {
        return uninterrupted(() -> reading.apply(catalog));
    }

    /// Lets others change the catalog: all of it in one moment, or nothing. It is none of Tactus' own changes, so the
    /// lake's epoch stays.
    public <T> T changedByOthers(Function<JdbcCatalog, T> change) {
        return uninterrupted(() -> {
            T result = transaction.run(() -> {
                T changed = change.apply(catalog);
                digests.keep();
                return changed;
            });
            digests.kept();
            try {
                together();
                hint(List.of(LakeTable.values()));
            } catch (RuntimeException e) {
                log.warn("the change is made, but readers by path don't see it until the lake is opened next", e);
            }
            return result;
        });
    }

    /// Commits a change of one table that leaves its rows as they are.
    public void commit(Table table, SnapshotUpdate<?> update) {
        atOnce(at -> {
            new TimedCommit(table, at).snapshot(update);
            return table;
        });
    }

    /// Puts files in the place of others with the same rows, and leads readers of any snapshot to them.
    ///
    /// @param retention the id of the record that says who let go what they lack
    /// @param places what takes the place of which file
    public void release(String retention, List<TableRewrite> rewrites, Map<Path, Path> places) {
        try {
            atOnce(at -> {
                rewrites.forEach(rewrite -> new TimedCommit(rewrite.table(), at).snapshot(rewrite.files()));
                released.note(retention, places);
                return places;
            });
        } catch (RuntimeException e) {
            if (!released.knows(retention)) {
                throw e;
            }
        }
        hint(rewrites.stream().map(TableRewrite::lakeTable).toList());
    }

    /// Data files whose bytes were let go.
    public ReleasedFiles released() {
        return released;
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
    public Map<LakeTable, Table> together() {
        return tables.together();
    }

    /// The table, as fresh as the catalog knows it.
    public Table fresh(LakeTable table) {
        return tables.fresh(table);
    }

    /// The metadata file that the catalog names for a table.
    public String metadata(LakeTable table) {
        return tables.metadata(table);
    }

    /// Lets readers by path see what the catalog's readers see.
    public void hint(Collection<LakeTable> changed) {
        if (served.isPresent()) {
            return;
        }
        uninterrupted(() -> {
            VersionHint.move(changed.stream().map(this::metadata).toList(), kept);
            return changed;
        });
    }

    @Override
    public void close() {
        try (kept;
                catalog) {
            epochs.closed();
        } finally {
            served.ifPresent(RemoteCatalog::close);
        }
    }
}
