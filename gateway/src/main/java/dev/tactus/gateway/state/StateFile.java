package dev.tactus.gateway.state;

import dev.tactus.database.Database;
import dev.tactus.database.DatabaseLock;
import dev.tactus.gateway.usage.UsageLog;
import dev.tactus.limits.metering.KeyedLimiter;
import java.nio.file.Path;
import java.time.InstantSource;

/// What the gateway knows beyond its configuration: usage, violations, standings, messages, learned ceilings; one
/// SQLite file that survives a crash at any moment. One gateway holds it at a time. Thread-safe.
public final class StateFile implements AutoCloseable {
    private final Database database;
    private final DatabaseLock lock;

    private StateFile(Database database, DatabaseLock lock) {
        this.database = database;
        this.lock = lock;
    }

    /// Opens the file, creates it where there is none, and brings an older one up to date.
    ///
    /// @throws DatabaseFailure when that can't be done, or another gateway holds it
    public static StateFile open(Path file, InstantSource clock) {
        Database database = Database.open(StateSchema.KIND, file);
        boolean opened = false;
        try {
            DatabaseLock lock = DatabaseLock.take(StateSchema.KIND, file, "gateway", clock.instant());
            opened = true;
            return new StateFile(database, lock);
        } finally {
            if (!opened) {
                database.close();
            }
        }
    }

    /// Does all of the work or none.
    public void together(Runnable work) {
        database.writing(statements -> work.run());
    }

    public UsageLog usage() {
        return new UsageLog(database);
    }

    public QuotaCheckpoint windows(KeyedLimiter<String> limiter) {
        return new QuotaCheckpoint(database, limiter);
    }

    public RefusalRecords days() {
        return new RefusalRecords(database);
    }

    public ComplianceRecords cases() {
        return new ComplianceRecords(database);
    }

    public ContactOutbox messages() {
        return new ContactOutbox(database);
    }

    public PeerRecords peers() {
        return new PeerRecords(database);
    }

    public QuotaWarningRecords warnings() {
        return new QuotaWarningRecords(database);
    }

    public CreatedApplicationRecords created() {
        return new CreatedApplicationRecords(database);
    }

    public SubscriptionRecords subscriptions() {
        return new SubscriptionRecords(database);
    }

    public PacerStateStore ceilings() {
        return new PacerStateStore(database);
    }

    @Override
    public void close() {
        try (lock) {
            database.close();
        }
    }
}
