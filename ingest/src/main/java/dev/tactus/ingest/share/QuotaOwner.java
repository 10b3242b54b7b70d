package dev.tactus.ingest.share;

import dev.tactus.database.DatabaseFailure;
import dev.tactus.ledger.work.LeaseLost;
import dev.tactus.ledger.work.SharedQuota;
import dev.tactus.limits.ScopeReport;
import dev.tactus.limits.pacing.Pacer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Owns the quota of a credential as soon as nobody else does, and then paces the calls of all processes that share it.
///
/// On a thread of its own, until it is closed or this process is taken for dead. Thread-safe.
public final class QuotaOwner implements AutoCloseable {
    private static final long CANDIDATE_MILLIS = 500;
    private static final long BUSY_MILLIS = 10;
    private static final long IDLE_MILLIS = 40;

    private final SharedQuota quota;
    private final WorkerLease lease;
    private final String source;
    private final Function<InstantSource, Pacer> pacers;
    private final Consumer<String> say;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable QuotaTenure tenure;

    /// @param source whose limits they are
    /// @param pacers makes a pacer, on a clock
    /// @param say for people: that this process has become the owner, or is it no longer
    public QuotaOwner(
            SharedQuota quota,
            WorkerLease lease,
            String source,
            Function<InstantSource, Pacer> pacers,
            Consumer<String> say) {
        this.quota = quota;
        this.lease = lease;
        this.source = source;
        this.pacers = pacers;
        this.say = say;
        this.thread = Thread.ofPlatform().daemon().name("tactus-quota").start(this::run);
    }

    /// How the scopes stand, where this process is the owner.
    public List<ScopeReport> report() {
        QuotaTenure mine = tenure;
        return mine == null ? List.of() : mine.report();
    }

    private void run() {
        long pause = 0;
        try {
            while (!over.await(pause, TimeUnit.MILLISECONDS) && lease.lost().isEmpty()) {
                try {
                    pause = look();
                } catch (SharedQuota.QuotaLost e) {
                    end();
                    say.accept("another process has become the owner of the quota of " + source);
                    pause = CANDIDATE_MILLIS;
                } catch (DatabaseFailure e) {
                    // the lease says so; what was granted stays granted
                    pause = CANDIDATE_MILLIS;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LeaseLost e) {
            // the lease says so; nothing can be given up any more
            return;
        } finally {
            giveUp();
            end();
        }
    }

    /// Leaves the quota to the next, with all that is known, where the ledger can be reached.
    private void giveUp() {
        QuotaTenure mine = tenure;
        if (mine != null && lease.lost().isEmpty()) {
            try {
                boolean _ = mine.serve();
                mine.giveUp();
            } catch (SharedQuota.QuotaLost | LeaseLost e) {
                // it is somebody else's already
            } catch (DatabaseFailure e) {
                say.accept("the quota of " + source + " could not be given up; another process takes it over all the"
                        + " same: " + e.getMessage());
            }
        }
    }

    /// Does what there is to do; returns how long to wait then.
    private long look() {
        QuotaTenure mine = tenure;
        if (mine != null) {
            return mine.serve() ? BUSY_MILLIS : IDLE_MILLIS;
        }
        Optional<Long> fence = quota.own(lease.number());
        if (fence.isEmpty()) {
            return CANDIDATE_MILLIS;
        }
        tenure = QuotaTenure.begin(
                quota, lease.number(), fence.orElseThrow(), source, pacers.apply(lease.databaseClock()));
        say.accept("owns the quota of " + source + ": all processes that share it are paced by this one");
        return 0;
    }

    private void end() {
        QuotaTenure mine = tenure;
        tenure = null;
        if (mine != null) {
            mine.close();
        }
    }

    /// Gives the quota up for the next.
    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
