package dev.tactus.limits;

import java.time.Duration;

/// When to try a higher ceiling next: a refusal is what a failure costs, so each failure makes the next try rarer.
///
/// @param everyNanos time between a failure and the next try
/// @param nextAt moment of the next try
record Probes(long everyNanos, long nextAt) {
    private static final long SOON_NANOS = Duration.ofMinutes(5).toNanos();
    private static final long FIRST_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long LONGEST_NANOS = Duration.ofHours(3).toNanos();
    private static final long MISSED_NANOS = Duration.ofMinutes(9).toNanos();
    private static final long PRICE_NANOS = Duration.ofMinutes(40).toNanos();
    private static final int GROWTH = 6;

    /// The first try after a ceiling was found or has moved.
    static Probes first(long windowNanos, long now) {
        long every = Math.max(windowNanos, FIRST_NANOS);
        return new Probes(every, now + every);
    }

    /// The first try where what was found is old or doubtful.
    static Probes soon(long windowNanos, long now) {
        long every = Math.max(windowNanos, SOON_NANOS);
        return new Probes(every, now + every);
    }

    /// A try failed.
    ///
    /// @param missed whether more than this was once allowed: then trying is worth more
    Probes failed(long windowNanos, long now, boolean missed) {
        long longest = Math.max(2 * windowNanos, missed ? MISSED_NANOS : LONGEST_NANOS);
        long every = Math.min(everyNanos * GROWTH, longest);
        return new Probes(every, now + every);
    }

    /// What a failure cost puts the next try off: each refusal beyond the first by {@link #PRICE_NANOS}.
    Probes paying(int refusals, long now) {
        return new Probes(everyNanos, Math.max(nextAt, now + Math.min(LONGEST_NANOS, refusals * PRICE_NANOS)));
    }

    /// The same time once more.
    Probes again(long now) {
        return new Probes(everyNanos, Math.max(nextAt, now + everyNanos));
    }

    boolean due(long now) {
        return now >= nextAt;
    }
}
