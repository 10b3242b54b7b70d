package dev.tactus.ledger;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// What was planned, done, parked, set aside and learned: one SQLite file that survives a crash at any moment.
///
/// Thread-safe. One connection writes, one thread at a time; reads run beside it and see what is committed. A
/// checkpoint is on disk when the method that wrote it returns, or, inside a transaction, when that returns. Several
/// processes may read and write small things; only the holder of the lock runs a plan.
public final class Ledger implements AutoCloseable {
    private Ledger() {}

    /// Opens the ledger, creates it where there is none, and brings an older one up to date.
    public static Ledger open(Path file, InstantSource clock) {
        throw new UnsupportedOperationException();
    }

    /// Opens the ledger for reading only, also while another process works on it; empty where there is none.
    public static Optional<Ledger> openForReading(Path file, InstantSource clock) {
        throw new UnsupportedOperationException();
    }

    /// Takes the lock.
    ///
    /// @param command what this process does, told to whoever finds the ledger held
    /// @throws LedgerHeld when somebody else has it
    public LedgerLock lock(String command) {
        throw new UnsupportedOperationException();
    }

    /// Does all of the work or, when it throws, nothing. Joins the transaction it is called in. Reads inside see its
    /// writes. Other writers wait meanwhile, so no network call belongs inside.
    public <T> T transaction(Supplier<T> work) {
        throw new UnsupportedOperationException();
    }

    public void transaction(Runnable work) {
        throw new UnsupportedOperationException();
    }

    public Recordings recordings() {
        throw new UnsupportedOperationException();
    }

    public Runs runs() {
        throw new UnsupportedOperationException();
    }

    public RunNotes runNotes() {
        throw new UnsupportedOperationException();
    }

    public WorkItems items() {
        throw new UnsupportedOperationException();
    }

    public Resolutions resolutions() {
        throw new UnsupportedOperationException();
    }

    public Chunks chunks() {
        throw new UnsupportedOperationException();
    }

    public Publications publications() {
        throw new UnsupportedOperationException();
    }

    public DeadLetters deadLetters() {
        throw new UnsupportedOperationException();
    }

    public Drifts drifts() {
        throw new UnsupportedOperationException();
    }

    public SeenTracks seenTracks() {
        throw new UnsupportedOperationException();
    }

    public LimitStates limitStates() {
        throw new UnsupportedOperationException();
    }

    public Alerts alerts() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
