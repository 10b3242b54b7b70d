package dev.tactus.limits;

/// One limit as it is kept against a server that counts arrivals: a lease on slots, and a gap between calls.
///
/// Of N permits N−1 slots are used, each free one window after its *answer*: whatever the network does, no window then
/// holds N arrivals of any kind of log. The gap spreads calls evenly, so that servers that count in fixed or blended
/// windows are never surprised: a mean of (N−2)/W, from which a delayed call may catch up by half a gap. Limits too
/// small for that use what they have: 1 permit is 1 slot. Not thread-safe.
final class PacedLimit {
    /// No moment at all: an answer has to come first.
    static final long NEVER = Long.MAX_VALUE;

    private static final double CATCH_UP = 0.5;

    private final Limit limit;
    private final int slots;
    private final long windowNanos;
    private final long gapNanos;
    private long due = Long.MIN_VALUE;

    PacedLimit(Limit limit) {
        this.limit = limit;
        slots = Math.max(1, limit.permits() - 1);
        windowNanos = limit.window().toNanos();
        gapNanos = slots == 1 ? 0 : (long) (windowNanos / Math.max(slots - 1, 0.9 * slots));
    }

    /// The same pace under another number of permits, without a jump.
    PacedLimit withPermits(int permits) {
        PacedLimit next = new PacedLimit(limit.withPermits(permits));
        next.due = due;
        return next;
    }

    Limit limit() {
        return limit;
    }

    int slots() {
        return slots;
    }

    long windowNanos() {
        return windowNanos;
    }

    long gapNanos() {
        return gapNanos;
    }

    /// The first moment at which one more call keeps this limit, given the stamps of answers and the calls on their
    /// way.
    long earliest(Stamps answered, int inFlight) {
        int rank = slots - inFlight;
        if (rank <= 0) {
            return NEVER;
        }
        long paced = due == Long.MIN_VALUE ? due : due - (long) (gapNanos * CATCH_UP);
        return answered.size() < rank ? paced : Math.max(paced, answered.newest(rank) + windowNanos);
    }

    void granted(long now) {
        due = Math.max(due, now) + gapNanos;
    }
}
