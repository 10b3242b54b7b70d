package dev.tactus.ledger;

import dev.tactus.database.Database;
import dev.tactus.database.DatabaseAddress;
import dev.tactus.database.DatabaseLock;
import dev.tactus.database.TransactionListener;
import dev.tactus.ledger.catalog.LimitStates;
import dev.tactus.ledger.catalog.Recordings;
import dev.tactus.ledger.catalog.Resolutions;
import dev.tactus.ledger.catalog.SeenTracks;
import dev.tactus.ledger.items.AnsweredItems;
import dev.tactus.ledger.items.AwaitedTerritories;
import dev.tactus.ledger.items.WorkItems;
import dev.tactus.ledger.journal.LedgerJournal;
import dev.tactus.ledger.publications.Bonds;
import dev.tactus.ledger.publications.Chunks;
import dev.tactus.ledger.publications.Publications;
import dev.tactus.ledger.quality.DeadLetters;
import dev.tactus.ledger.quality.Drifts;
import dev.tactus.ledger.retention.RetentionRecords;
import dev.tactus.ledger.royalty.ClosePreparations;
import dev.tactus.ledger.royalty.PeriodRecords;
import dev.tactus.ledger.royalty.ReportDecisions;
import dev.tactus.ledger.royalty.Reports;
import dev.tactus.ledger.royalty.UsageMatches;
import dev.tactus.ledger.royalty.VarianceDecisions;
import dev.tactus.ledger.runs.AlertOutbox;
import dev.tactus.ledger.runs.RunNotes;
import dev.tactus.ledger.runs.Runs;
import dev.tactus.ledger.work.RunPages;
import dev.tactus.ledger.work.SharedQuota;
import dev.tactus.ledger.work.Workers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What was planned, done, parked, set aside and learned, in a database that survives a crash at any moment: a SQLite
/// file, or a schema of a PostgreSQL server.
///
/// Thread-safe. One connection writes, one thread at a time; reads run beside it and see what is committed. A
/// checkpoint is on disk when the method that wrote it returns, or, inside a transaction, when that returns. Several
/// processes may read and write small things; only the holder of the lock runs a plan.
public final class Ledger implements AutoCloseable {
    private final InstantSource clock;
    private final Database database;

    private Ledger(InstantSource clock, Database database) {
        this.clock = clock;
        this.database = database;
        database.noteChanges(LedgerJournal.notCopied(), Bonds::unseal);
    }

    /// Opens the ledger, creates it where there is none, and brings an older one up to date.
    ///
    /// @throws DatabaseFailure when that can't be done; the file is then as it was
    public static Ledger open(Path file, InstantSource clock) {
        return open(DatabaseAddress.of(file), clock);
    }

    /// The same, wherever it is.
    public static Ledger open(DatabaseAddress address, InstantSource clock) {
        return open(address, clock, TransactionListener.none());
    }

    /// The same, told of each transaction.
    public static Ledger open(DatabaseAddress address, InstantSource clock, TransactionListener listener) {
        return new Ledger(clock, Database.open(LedgerSchema.LEDGER, address, listener));
    }

    /// Opens the ledger for reading only, also while another process works on it; empty where there is none.
    ///
    /// @throws DatabaseFailure when what is there can't be read; it is then as it was
    public static Optional<Ledger> openForReading(Path file, InstantSource clock) {
        return openForReading(DatabaseAddress.of(file), clock);
    }

    /// The same, wherever it is.
    public static Optional<Ledger> openForReading(DatabaseAddress address, InstantSource clock) {
        return Database.openForReading(LedgerSchema.LEDGER, address).map(database -> new Ledger(clock, database));
    }

    /// Whether there is one.
    ///
    /// @throws DatabaseFailure when what is there can't be read
    public static boolean exists(DatabaseAddress address) {
        return Database.exists(LedgerSchema.LEDGER, address);
    }

    /// What a person wants to know of a place beside its address.
    ///
    /// @throws DatabaseFailure if it can't be used
    public static String about(DatabaseAddress address) {
        return Database.about(LedgerSchema.LEDGER, address);
    }

    /// Takes the lock.
    ///
    /// @param command what this process does, told to whoever finds the ledger held
    /// @throws DatabaseLocked when somebody else has it
    public DatabaseLock lock(String command) {
        return lock(DatabaseLock.Kind.ALONE, command);
    }

    /// The same, beside workers or as one.
    public DatabaseLock lock(DatabaseLock.Kind kind, String command) {
        return database.lock(kind, command, clock.instant());
    }

    /// Takes the lock of a file that is not opened, since it may be damaged or missing.
    public static DatabaseLock lock(Path file, String command, InstantSource clock) {
        return DatabaseLock.take(LedgerSchema.LEDGER, file, command, clock.instant());
    }

    /// Does all of the work or, when it throws, nothing. Joins the transaction it is called in. Reads inside see its
    /// writes. Other writers wait meanwhile, so no network call belongs inside.
    public <T> T transaction(Supplier<T> work) {
        return database.write(session -> work.get());
    }

    /// The same for work without a result.
    public void transaction(Runnable work) {
        database.writing(session -> work.run());
    }

    /// What is wrong with it when all of it is read; nothing where it is sound.
    public List<String> faults() {
        return database.faults();
    }

    /// Refuses to go on from pages that are damaged.
    ///
    /// @param mostBytes a larger file is not looked at
    /// @throws dev.tactus.database.DatabaseUnavailable if they are
    public void requireSound(long mostBytes) {
        database.requireSound(mostBytes);
    }

    /// Copies it as it is now into a new file.
    public void copyTo(Path copy) {
        switch (database.address()) {
            case DatabaseAddress.SqliteFile _ -> database.copyTo(copy);
            case DatabaseAddress.PostgresUrl _ -> {
                try (Ledger target = open(copy, clock)) {
                    LedgerCopy.between(database, target.database).copy();
                }
            }
        }
    }

    /// Copies all rows of another ledger into this one, which has none yet, and compares them.
    ///
    /// @return how many there are of each table
    /// @throws IllegalStateException if this one is not empty, or is not the same afterwards; it is then as it was
    public Map<String, Long> copyFrom(Ledger other) {
        return LedgerCopy.between(other.database, database).copy();
    }

    /// Whether nothing was ever written to it.
    public boolean isEmpty() {
        return LedgerCopy.isEmpty(database);
    }

    public Recordings recordings() {
        return new Recordings(database, clock);
    }

    public Runs runs() {
        return new Runs(database, clock, database.address());
    }

    public RunNotes runNotes() {
        return new RunNotes(database);
    }

    /// The processes that work on its runs.
    public Workers workers() {
        return new Workers(database);
    }

    /// What workers claim of a run.
    public RunPages pages() {
        return new RunPages(database);
    }

    /// Who owns the quota of a credential, and what is asked of the owner.
    public SharedQuota quota(String credential) {
        return new SharedQuota(database, credential);
    }

    public WorkItems items() {
        return new WorkItems(database);
    }

    public AnsweredItems answered() {
        return new AnsweredItems(database);
    }

    public PeriodRecords periods() {
        return new PeriodRecords(database);
    }

    public AwaitedTerritories awaited() {
        return new AwaitedTerritories(database);
    }

    public Resolutions resolutions() {
        return new Resolutions(database);
    }

    public Chunks chunks() {
        return new Chunks(database, clock);
    }

    /// Which lake it belongs to.
    public Bonds bonds() {
        return new Bonds(database);
    }

    /// Where it is.
    public DatabaseAddress address() {
        return database.address();
    }

    /// A text that differs once anything was committed; the same always where it is a file, which shows it.
    public String mark() {
        return database.mark();
    }

    /// What it is on, such as `SQLite`.
    public String product() {
        return database.product();
    }

    public Publications publications() {
        return new Publications(database, clock);
    }

    public DeadLetters deadLetters() {
        return new DeadLetters(database, clock);
    }

    public Drifts drifts() {
        return new Drifts(database, clock);
    }

    public SeenTracks seenTracks() {
        return new SeenTracks(database);
    }

    public LimitStates limitStates() {
        return new LimitStates(database);
    }

    public AlertOutbox alerts() {
        return new AlertOutbox(database, clock);
    }

    public Reports reports() {
        return new Reports(database, clock);
    }

    public UsageMatches usageMatches() {
        return new UsageMatches(database);
    }

    public VarianceDecisions varianceDecisions() {
        return new VarianceDecisions(database, clock);
    }

    public ClosePreparations closePreparations() {
        return new ClosePreparations(database);
    }

    public ReportDecisions reportDecisions() {
        return new ReportDecisions(database);
    }

    /// What was let go, by whom and why.
    public RetentionRecords retentions() {
        return new RetentionRecords(database);
    }

    /// Its rows as text, from which it can be written anew.
    public LedgerJournal journal() {
        return new LedgerJournal(database, LedgerSchema.LEDGER.version());
    }

    @Override
    public void close() {
        database.close();
    }
}
