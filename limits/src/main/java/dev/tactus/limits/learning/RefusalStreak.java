package dev.tactus.limits.learning;

import dev.tactus.limits.leases.PacedLimit;

/// The refusals between two acceptances: one story. Nanoseconds. Not thread-safe.
final class RefusalStreak {
    private long startedAt = PacedLimit.NEVER;
    private long firstSentAt;
    private long lastSentAt;
    private int length;
    private int refusals;
    private long tooShort;
    private long tooShortBefore;

    /// A call was refused that was sent after the last refusal was known.
    ///
    /// @param inARow how many such there were, without an acceptance between
    void refused(long sentAt, long now, int inARow) {
        if (inARow == 1) {
            startedAt = now;
            firstSentAt = sentAt;
            refusals = 0;
            tooShortBefore = Math.max(tooShortBefore, tooShort);
            tooShort = 0;
        } else {
            tooShort = sentAt - startedAt;
        }
        length = inARow;
        lastSentAt = sentAt;
        refusals++;
    }

    /// A call was refused that had been sent before the last refusal was known.
    void refusedToo() {
        refusals++;
    }

    long since(long now) {
        return now - startedAt;
    }

    long firstSentAt() {
        return firstSentAt;
    }

    long lastSentAt() {
        return lastSentAt;
    }

    int length() {
        return length;
    }

    /// How many calls the row has cost beyond the first.
    int beyondFirst() {
        return refusals - 1;
    }

    /// The longest rest that was not enough, of all rows before this one.
    long tooShortBefore() {
        return tooShortBefore;
    }
}
