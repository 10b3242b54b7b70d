package dev.tactus.limits.pacing;

import java.time.Duration;

/// Bare 503s of one scope: an overload, or the way in which this server refuses for the rate (nginx's default).
///
/// An overload fails everything for a while, a fault fails a call now and then. A limit refuses again and again, in
/// rows between which calls are served: so many rows among so few answers, or two long rows soon after one another,
/// that chance would not make them. From then on a bare 503 is a refusal. Not thread-safe.
final class DoubtfulAnswers {
    /// six rows among forty answers: faults of one call in twenty make them once in 150 times
    private static final int ANSWERS = 40;

    private static final int ROWS = 6;
    /// two rows of four within ten minutes: a restart makes one
    private static final int LONG_ROW = 4;

    private static final long SOON_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long FIRST_REST_NANOS = Duration.ofMillis(200).toNanos();
    private static final int DOUBLINGS = 7;

    private final boolean[] beginsRow = new boolean[ANSWERS];
    private int next;
    private int rows;
    private int row;
    private long longRowAt = Long.MIN_VALUE / 2;
    private boolean refusals;

    void accepted() {
        row = 0;
        note(false);
    }

    /// One more; whether it is a refusal.
    boolean doubtful(long now) {
        row++;
        note(row == 1);
        if (row == LONG_ROW) {
            refusals |= now - longRowAt < SOON_NANOS;
            longRowAt = now;
        }
        refusals |= rows >= ROWS;
        return refusals;
    }

    /// How long to stay away after the latest, while nobody knows.
    long restNanos() {
        return FIRST_REST_NANOS << Math.min(row - 1, DOUBLINGS);
    }

    private void note(boolean begins) {
        rows += (begins ? 1 : 0) - (beginsRow[next] ? 1 : 0);
        beginsRow[next] = begins;
        next = (next + 1) % ANSWERS;
    }
}
