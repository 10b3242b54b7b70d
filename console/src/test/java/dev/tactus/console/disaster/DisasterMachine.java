package dev.tactus.console.disaster;

import dev.tactus.console.disaster.Disaster.Kind;
import dev.tactus.console.disaster.Disaster.Moment;
import dev.tactus.console.output.Machine;
import dev.tactus.database.DatabaseAddress;
import dev.tactus.database.TransactionListener;
import dev.tactus.lake.files.DiskListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// A machine of one process: it counts the moments of a command and lets a disaster happen at one of them.
///
/// A process that ends leaves the folder as it was at that moment: it is copied then. What the command still does while
/// it unwinds is not kept. Thread-safe.
final class DisasterMachine implements DiskListener, TransactionListener, InstantSource {
    /// The end of the process, thrown at the moment and at every one after it.
    static final class Ended extends Error {
        private static final long serialVersionUID = 1L;

        Ended(Moment moment) {
            super("ended at " + moment, null, false, false);
        }
    }

    private final DiskImage image;
    private final Random random;
    private final Disaster disaster;
    private final Runnable intruder;
    private final Map<Moment, Integer> reached = new EnumMap<>(Moment.class);
    /// A copy is not made while a transaction of the ledger is being committed.
    private final ReentrantReadWriteLock committing = new ReentrantReadWriteLock();

    private Instant now;
    private boolean stalled;
    private boolean happened;
    private boolean intruding;
    private @Nullable Path leftBehind;

    /// @param image the folder that everything stands in
    /// @param intruder what somebody else does at the moment, where the disaster is that
    DisasterMachine(DiskImage image, Instant now, Random random, Disaster disaster, Runnable intruder) {
        this.image = image;
        this.now = now;
        this.random = random;
        this.disaster = disaster;
        this.intruder = intruder;
    }

    Machine machine() {
        return new Machine(this, this, this);
    }

    synchronized Instant now() {
        return now;
    }

    /// Whether the moment came.
    synchronized boolean happened() {
        return happened;
    }

    /// What the process left behind, if it ended.
    synchronized @Nullable Path leftBehind() {
        return leftBehind;
    }

    @Override
    public Instant instant() {
        moment(Moment.CLOCK_READ, null);
        synchronized (this) {
            if (!stalled) {
                now = now.plusMillis(1);
            }
            return now;
        }
    }

    @Override
    public void reached(DiskStep step, Path file) throws IOException {
        image.reached(step, file);
        moment(Moment.valueOf(step.name()), file);
        if (full()) {
            throw new IOException(file + ": No space left on device");
        }
    }

    @Override
    public void commitDue(DatabaseAddress database) throws IOException {
        moment(Moment.LEDGER_COMMIT_DUE, null);
        if (full()) {
            throw new IOException(database + ": No space left on device");
        }
        committing.readLock().lock();
    }

    @Override
    public void committed(DatabaseAddress database) {
        if (committing.getReadHoldCount() > 0) {
            committing.readLock().unlock();
        }
        moment(Moment.LEDGER_COMMITTED, null);
    }

    private synchronized boolean full() {
        return happened && disaster.kind() == Kind.DISK_FULL;
    }

    private void moment(Moment moment, @Nullable Path file) {
        boolean intrudes = false;
        synchronized (this) {
            if (leftBehind != null) {
                throw new Ended(moment);
            }
            if (intruding) {
                return;
            }
            int count = reached.merge(moment, 1, Integer::sum);
            if (happened || moment != disaster.moment() || count != disaster.nth()) {
                return;
            }
            switch (disaster.kind()) {
                case NONE -> {
                    return;
                }
                case KILL, POWER_LOSS -> {
                    happened = true;
                    end(moment);
                }
                case DISK_FULL -> happened = true;
                case FLIP -> {
                    if (file == null || !Files.isRegularFile(file)) {
                        return;
                    }
                    happened = true;
                    DiskImage.flip(file, random);
                }
                case CLOCK_AHEAD -> {
                    happened = true;
                    step(Disaster.STEP);
                }
                case CLOCK_BACK -> {
                    happened = true;
                    step(Disaster.STEP.negated());
                }
                case CLOCK_STALLS -> {
                    happened = true;
                    stalled = true;
                }
                case READER, SECOND_WRITER -> {
                    happened = true;
                    intruding = true;
                    intrudes = true;
                }
            }
        }
        if (intrudes) {
            intruder.run();
            synchronized (this) {
                intruding = false;
            }
        }
    }

    private void step(Duration by) {
        now = now.plus(by);
    }

    private void end(Moment moment) {
        // a thread that holds the ledger's commit finishes it, or has not begun it
        boolean alone = committing.getReadHoldCount() > 0;
        if (!alone) {
            committing.writeLock().lock();
        }
        try {
            leftBehind = image.leave(disaster.kind() == Kind.POWER_LOSS, random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!alone) {
                committing.writeLock().unlock();
            }
        }
        throw new Ended(moment);
    }
}
