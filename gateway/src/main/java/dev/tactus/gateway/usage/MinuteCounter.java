package dev.tactus.gateway.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/// What became of one application's requests in one minute. Limits are named by their index in the plan.
///
/// A request is exactly one of admitted, refused (by one limit, that with the longest wait, or in pace mode by the
/// queue) and turned away. Counting
/// is thread-safe and never blocks; taking is for one thread at a time.
public final class MinuteCounter {
    private static final int ADMITTED = 0;
    private static final int REFUSED = 1;
    private static final int TURNED_AWAY = 2;
    private static final int TOTALS = 3;

    private static final int CHARGED = 0;
    private static final int REFUSED_BY = 1;
    private static final int SHADOWED = 2;
    private static final int PER_LIMIT = 3;

    private final String application;
    private final long minute;
    private final List<MeteredLimit> limits;
    private final AtomicLongArray counts;
    private final long[] taken;

    MinuteCounter(String application, long minute, List<MeteredLimit> limits) {
        this.application = application;
        this.minute = minute;
        this.limits = limits;
        int size = TOTALS + limits.size() * PER_LIMIT;
        counts = new AtomicLongArray(size);
        taken = new long[size];
    }

    /// The request went on to the upstream.
    public void admitted() {
        counts.getAndIncrement(ADMITTED);
    }

    /// An admitted request, or a refused one where the limit counts those too, was charged to a limit.
    public void charged(int limit, long cost) {
        counts.getAndAdd(index(limit, CHARGED), cost);
    }

    /// The request was refused; of the limits that refused it this one has the longest wait.
    public void refused(int limit) {
        counts.getAndIncrement(REFUSED);
        counts.getAndIncrement(index(limit, REFUSED_BY));
    }

    /// The request waited for its turn in vain: the queue was full, or its caller's patience over.
    public void turnedBack() {
        counts.getAndIncrement(REFUSED);
    }

    /// A limit in shadow mode would have refused the request, which was admitted or refused without it.
    public void shadowed(int limit) {
        counts.getAndIncrement(index(limit, SHADOWED));
    }

    /// The request was not the application's to make: it is unknown (401) or revoked (403).
    public void turnedAway() {
        counts.getAndIncrement(TURNED_AWAY);
    }

    /// Minutes since the epoch.
    long minute() {
        return minute;
    }

    /// What has been counted since the last call; empty if nothing.
    Optional<MinuteUsage> take() {
        long[] fresh = new long[taken.length];
        boolean any = false;
        for (int i = 0; i < taken.length; i++) {
            long value = counts.get(i);
            fresh[i] = value - taken[i];
            taken[i] = value;
            any |= fresh[i] != 0;
        }
        return any ? Optional.of(counted(fresh)) : Optional.empty();
    }

    private MinuteUsage counted(long[] fresh) {
        List<LimitCounts> each = new ArrayList<>();
        for (int i = 0; i < limits.size(); i++) {
            each.add(new LimitCounts(
                    limits.get(i), fresh[index(i, CHARGED)], fresh[index(i, REFUSED_BY)], fresh[index(i, SHADOWED)]));
        }
        return new MinuteUsage(application, minute, fresh[ADMITTED], fresh[REFUSED], fresh[TURNED_AWAY], each);
    }

    private static int index(int limit, int what) {
        return TOTALS + limit * PER_LIMIT + what;
    }
}
