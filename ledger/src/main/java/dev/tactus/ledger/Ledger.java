package dev.tactus.ledger;

import dev.tactus.database.Database;
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
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What was planned, done, parked, set aside and learned: one SQLite file that survives a crash at any moment.
///
/// Thread-safe. One connection writes, one thread at a time; reads run beside it and see what is committed. A
/// checkpoint is on disk when the method that wrote it returns, or, inside a transaction, when that returns. Several
/// processes may read and write small things; only the holder of the lock runs a plan.
public final class Ledger implements AutoCloseable {
    private final Path file;
    private final InstantSource clock;
    private final Database database;

    private Ledger(Path file, InstantSource clock, Database database) {
        this.file = file;
        this.clock = clock;
        this.database = database;
    }

    /// Opens the ledger, creates it where there is none, and brings an older one up to date.
    ///
    /// @throws DatabaseFailure when that can't be done; the file is then as it was
    public static Ledger open(Path file, InstantSource clock) {
        return open(file, clock, TransactionListener.none());
    }

    /// The same, told of each transaction.
    public static Ledger open(Path file, InstantSource clock, TransactionListener listener) {
        return new Ledger(file, clock, Database.open(LedgerSchema.LEDGER, file, listener));
    }

    /// Opens the ledger for reading only, also while another process works on it; empty where there is none.
    ///
    /// @throws DatabaseFailure when what is there can't be read; it is then as it was
    public static Optional<Ledger> openForReading(Path file, InstantSource clock) {
        return Database.openForReading(LedgerSchema.LEDGER, file).map(database -> new Ledger(file, clock, database));
    }

    /// Takes the lock.
    ///
    /// @param command what this process does, told to whoever finds the ledger held
    /// @throws DatabaseLocked when somebody else has it
    public DatabaseLock lock(String command) {
        return lock(file, command, clock);
    }

    /// Takes the lock of a ledger that is not opened, since it may be damaged or missing.
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

    /// What SQLite finds wrong with the file when it reads all of it; nothing where it is sound.
    public List<String> faults() {
        return database.faults();
    }

    /// Copies it as it is now into a new file.
    public void copyTo(Path copy) {
        database.copyTo(copy);
    }

    public Recordings recordings() {
        return new Recordings(database, clock);
    }

    public Runs runs() {
        return new Runs(database, clock, file);
    }

    public RunNotes runNotes() {
        return new RunNotes(database);
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
    public Path file() {
        return file;
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
