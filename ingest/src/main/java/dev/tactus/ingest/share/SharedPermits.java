package dev.tactus.ingest.share;

import dev.tactus.database.DatabaseFailure;
import dev.tactus.ledger.work.LeaseLost;
import dev.tactus.ledger.work.PermitRecord;
import dev.tactus.ledger.work.SharedQuota;
import dev.tactus.limits.ScopeReport;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/// The permits of a process that does not pace by itself: asked of whoever owns the quota, through the ledger.
///
/// One thread carries what all callers ask and tell, in one transaction a time; while the ledger can't be reached they
/// wait. A permit that was not used soon is given back: its owner may have given this process up. Thread-safe.
public final class SharedPermits implements Permit.Issuer, AutoCloseable {
    /// Shorter than the time after which a permit of a process that has gone counts as lost, with its margin.
    private static final long USABLE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long LOOK_MILLIS = 20;
    private static final long AWAY_MILLIS = 500;

    private record Ask(String path, CompletableFuture<Admission> reply) {}

    private final SharedQuota quota;
    private final WorkerLease lease;
    private final Supplier<List<ScopeReport>> report;
    private final Object lock = new Object();
    private final Map<Long, Ask> waiting = new HashMap<>();
    private final Map<Long, String> asked = new HashMap<>();
    private final Map<Long, String> ended = new HashMap<>();
    private final List<Long> told = new ArrayList<>();
    private final Thread thread;
    private long numbers;
    private boolean closed;

    /// @param report how the scopes stand, as far as this process knows
    public SharedPermits(SharedQuota quota, WorkerLease lease, Supplier<List<ScopeReport>> report) {
        this.quota = quota;
        this.lease = lease;
        this.report = report;
        this.thread = Thread.ofPlatform().daemon().name("tactus-permits").start(this::carry);
        lease.onLost(this::fail);
    }

    @Override
    public Admission acquire(String path) throws InterruptedException {
        CompletableFuture<Admission> reply = new CompletableFuture<>();
        long number;
        synchronized (lock) {
            lease.lost().ifPresent(why -> {
                throw why;
            });
            if (closed) {
                throw new IllegalStateException("the permits are closed");
            }
            number = ++numbers;
            waiting.put(number, new Ask(path, reply));
            asked.put(number, path);
            lock.notifyAll();
        }
        try {
            return reply.get();
        } catch (InterruptedException e) {
            giveUp(number, reply);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        }
    }

    /// Says that it is not used, whether it was granted meanwhile or not.
    private void giveUp(long number, CompletableFuture<Admission> reply) {
        if (!reply.cancel(false) && !reply.isCompletedExceptionally()) {
            if (reply.join() instanceof Admission.Granted(Permit permit)) {
                permit.unused();
            }
            return;
        }
        synchronized (lock) {
            waiting.remove(number);
            asked.remove(number);
        }
        end(number, new Permit.Outcome.Unused());
    }

    private void end(long number, Permit.Outcome outcome) {
        synchronized (lock) {
            ended.put(number, PermitOutcomeText.write(outcome));
            lock.notifyAll();
        }
    }

    @Override
    public List<ScopeReport> report() {
        return report.get();
    }

    private void carry() {
        try {
            while (true) {
                synchronized (lock) {
                    while (!closed && waiting.isEmpty() && ended.isEmpty() && told.isEmpty()) {
                        lock.wait();
                    }
                    if (closed || lease.lost().isPresent()) {
                        return;
                    }
                }
                Thread.sleep(exchange() ? LOOK_MILLIS : AWAY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Carries what there is; returns whether the ledger could be reached. What it could not be told stays.
    private boolean exchange() {
        Map<Long, String> asks;
        Map<Long, String> ends;
        List<Long> read;
        synchronized (lock) {
            asks = Map.copyOf(asked);
            ends = Map.copyOf(ended);
            read = List.copyOf(told);
        }
        long began = System.nanoTime();
        List<PermitRecord> replies;
        try {
            replies = quota.exchange(lease.number(), asks, ends, read);
        } catch (DatabaseFailure | LeaseLost e) {
            // the lease says so
            return false;
        }
        List<Runnable> due = new ArrayList<>();
        synchronized (lock) {
            asks.keySet().forEach(asked::remove);
            ends.forEach(ended::remove);
            told.removeAll(read);
            for (PermitRecord reply : replies) {
                Ask ask = waiting.remove(reply.number());
                if (ask != null) {
                    due.add(() -> deliver(ask, reply, began));
                }
                if (reply.refused().isPresent()) {
                    told.add(reply.number());
                }
            }
        }
        due.forEach(Runnable::run);
        return true;
    }

    private void deliver(Ask ask, PermitRecord reply, long began) {
        Admission admission = reply.refused()
                .map(PauseText::read)
                .orElseGet(() -> new Admission.Granted(Permit.granted(
                        outcome -> end(reply.number(), outcome), () -> System.nanoTime() - began > USABLE_NANOS)));
        if (!ask.reply().complete(admission) && admission instanceof Admission.Granted(Permit permit)) {
            permit.unused();
        }
    }

    private void fail(RuntimeException why) {
        List<Ask> left;
        synchronized (lock) {
            left = List.copyOf(waiting.values());
            waiting.clear();
            lock.notifyAll();
        }
        left.forEach(ask -> ask.reply().completeExceptionally(why));
    }

    /// Tells what is still to be told, if it can.
    @Override
    public void close() {
        fail(new IllegalStateException("the permits are closed"));
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (lease.lost().isEmpty()) {
            boolean _ = exchange();
        }
    }
}
