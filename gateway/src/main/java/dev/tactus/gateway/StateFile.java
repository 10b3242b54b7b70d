package dev.tactus.gateway;

import dev.tactus.ledger.Database;
import dev.tactus.ledger.LedgerLock;
import dev.tactus.limits.KeyedLimiter;
import java.nio.file.Path;
import java.time.InstantSource;

/// What the gateway knows beyond its configuration: usage, violations, standings, messages, learned ceilings; one
/// SQLite file that survives a crash at any moment. One gateway holds it at a time. Thread-safe.
final class StateFile implements AutoCloseable {
    private final Database database;
    private final LedgerLock lock;

    private StateFile(Database database, LedgerLock lock) {
        this.database = database;
        this.lock = lock;
    }

    /// Opens the file, creates it where there is none, and brings an older one up to date.
    ///
    /// @throws LedgerFailure when that can't be done, or another gateway holds it
    static StateFile open(Path file, InstantSource clock) {
        Database database = Database.open(StateSchema.KIND, file);
        boolean opened = false;
        try {
            LedgerLock lock = LedgerLock.take(StateSchema.KIND, file, "gateway", clock.instant());
            opened = true;
            return new StateFile(database, lock);
        } finally {
            if (!opened) {
                database.close();
            }
        }
    }

    /// Does all of the work or none.
    void together(Runnable work) {
        database.writing(statements -> work.run());
    }

    UsageLog usage() {
        return new UsageLog(database);
    }

    WindowUse windows(KeyedLimiter<String> limiter) {
        return new WindowUse(database, limiter);
    }

    DayRecords days() {
        return new DayRecords(database);
    }

    Cases cases() {
        return new Cases(database);
    }

    Messages messages() {
        return new Messages(database);
    }

    Ceilings ceilings() {
        return new Ceilings(database);
    }

    @Override
    public void close() {
        try (lock) {
            database.close();
        }
    }
}
