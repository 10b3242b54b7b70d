package dev.tactus.ingest.share;

import dev.tactus.database.DatabaseFailure;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.work.LeaseLost;
import dev.tactus.ledger.work.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// This process as a worker: it says every second that it lives, on a thread of its own, and learns the database's
/// time by that.
///
/// While the ledger can't be reached it goes on trying; where it was taken for dead meanwhile, everything that it
/// works on fails, and nothing of it can be written. Thread-safe.
public final class WorkerLease implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final Worker worker;
    private final InstantSource clock;
    private final Consumer<String> say;
    private final List<Consumer<RuntimeException>> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread beat;
    private volatile Duration ahead = Duration.ZERO;
    private volatile @Nullable RuntimeException lost;

    private WorkerLease(Ledger ledger, Worker worker, InstantSource clock, Consumer<String> say) {
        this.ledger = ledger;
        this.worker = worker;
        this.clock = clock;
        this.say = say;
        this.ahead = Duration.between(clock.instant(), worker.seenAt());
        this.beat = Thread.ofPlatform().daemon().name("tactus-lease").unstarted(this::beat);
    }

    /// Begins as a worker.
    ///
    /// @param command what this process does
    /// @param say for people: the ledger is away, or is back
    public static WorkerLease begin(Ledger ledger, String command, InstantSource clock, Consumer<String> say) {
        Worker worker = ledger.workers().begin(command);
        ledger.workers().fence(worker.number());
        WorkerLease lease = new WorkerLease(ledger, worker, clock, say);
        lease.beat.start();
        return lease;
    }

    public long number() {
        return worker.number();
    }

    /// The database's time, which is the same for all.
    public InstantSource databaseClock() {
        return () -> clock.instant().plus(ahead);
    }

    /// From now on this is called when the lease is lost; at once where it is.
    public void onLost(Consumer<RuntimeException> receiver) {
        told.add(receiver);
        lost().ifPresent(receiver);
    }

    /// Why it is lost, where it is.
    public Optional<RuntimeException> lost() {
        return Optional.ofNullable(lost);
    }

    private void beat() {
        boolean away = false;
        try {
            while (!over.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    Instant theirs = ledger.workers().say(worker.number());
                    ahead = Duration.between(clock.instant(), theirs);
                    if (away) {
                        say.accept("the ledger is back; goes on");
                    }
                    away = false;
                } catch (DatabaseFailure e) {
                    if (!away) {
                        say.accept(e.getMessage() + " Waits until it is back");
                    }
                    away = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LeaseLost e) {
            lost = e;
            told.forEach(receiver -> receiver.accept(e));
        }
    }

    /// Ends as a worker: what was claimed is free.
    @Override
    public void close() {
        over.countDown();
        ledger.workers().end(worker.number());
    }
}
