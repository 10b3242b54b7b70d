package dev.tactus.limits.learning;

import java.time.Duration;

/// When to try a higher ceiling next: a refusal is what a failure costs, so each failure makes the next try rarer.
///
/// @param everyNanos time between a failure and the next try
/// @param nextAt moment of the next try
record ProbeSchedule(long everyNanos, long nextAt) {
    private static final long SOON_NANOS = Duration.ofMinutes(5).toNanos();
    private static final long FIRST_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long LONGEST_NANOS = Duration.ofHours(3).toNanos();
    private static final long MISSED_NANOS = Duration.ofMinutes(9).toNanos();
    private static final long PRICE_NANOS = Duration.ofMinutes(40).toNanos();
    private static final int GROWTH = 6;

    /// The first try after a ceiling was found or has moved.
    static ProbeSchedule first(long windowNanos, long now) {
        long every = Math.max(windowNanos, FIRST_NANOS);
        return new ProbeSchedule(every, now + every);
    }

    /// The first try where what was found is old or doubtful.
    static ProbeSchedule soon(long windowNanos, long now) {
        long every = Math.max(windowNanos, SOON_NANOS);
        return new ProbeSchedule(every, now + every);
    }

    /// A try failed.
    ///
    /// @param missed whether more than this was once allowed: then trying is worth more
    ProbeSchedule failed(long windowNanos, long now, boolean missed) {
        long longest = Math.max(2 * windowNanos, missed ? MISSED_NANOS : LONGEST_NANOS);
        long every = Math.min(everyNanos * GROWTH, longest);
        return new ProbeSchedule(every, now + every);
    }

    /// What a failure cost puts the next try off: each refusal beyond the first by {@link #PRICE_NANOS}.
    ProbeSchedule paying(int refusals, long now) {
        return new ProbeSchedule(everyNanos, Math.max(nextAt, now + Math.min(LONGEST_NANOS, refusals * PRICE_NANOS)));
    }

    /// The same time once more.
    ProbeSchedule again(long now) {
        return new ProbeSchedule(everyNanos, Math.max(nextAt, now + everyNanos));
    }

    boolean due(long now) {
        return now >= nextAt;
    }
}
