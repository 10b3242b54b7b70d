package dev.tactus.limits.learning;

import java.time.Duration;

/// Whether headers are believed that say that nothing remains of a window.
///
/// Where that is so, one accepted answer of a window says it, and none is accepted after it. Several accepted answers
/// that say it of the same window count something else than calls of this limit: GitLab's tell a minute's part of an
/// hour. Nanoseconds. Not thread-safe.
public final class ToldRemainder {
    private static final long SAME_NANOS = Duration.ofSeconds(2).toNanos();
    /// one may be told too many, by a server that tells what remained before the call
    private static final int MOST = 3;

    private long resetAt = Long.MIN_VALUE / 2;
    private int times;
    private boolean refuted;

    /// An accepted answer said that nothing remains until then; whether that is to be believed.
    public boolean isBelieved(long until) {
        times = Math.abs(until - resetAt) < SAME_NANOS ? times + 1 : 1;
        resetAt = until;
        refuted |= times >= MOST;
        return !refuted;
    }
}
