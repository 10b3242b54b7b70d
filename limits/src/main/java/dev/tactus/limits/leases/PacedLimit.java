package dev.tactus.limits.leases;

import dev.tactus.limits.Limit;

/// One limit as it is kept against a server that counts arrivals in a way it doesn't tell: leases, and a gap.
///
/// A call may have arrived at any moment between its sending and its answer. So it is taken to arrive with its answer,
/// and while there is none, now. Of W and N and any start b of the server's window, with t the moment of sending:
///
/// - *flying* calls have no answer yet,
/// - *here* calls were answered in [b, t],
/// - *before* calls were answered in [b − W, b).
///
/// A call may go at t if for every b in (t − W, t]: flying + here + before × (1 − (t − b)/W) + 1 ≤ N. That is what a
/// sliding counter whose windows start at b would count at most; with b = t it is what a log counts, which in turn is
/// no less than any fixed window. *Proof*: take a call that arrives at a, in the server's window that starts at b, and
/// of the calls counted then the one sent last, at z ≤ a. At z all others were flying or had been answered after they
/// arrived, so each weighed in the check at z at least what it weighs at a: weights only fall while a window lasts, and
/// if b > z then all that count in full were flying. The check held at z, so the server counts at most N. ∎
///
/// A log and a fixed window are provided for to the letter. For a sliding counter to count as much as is provided for,
/// every call that is flying at t must have arrived, and every call that was flying at b not yet, when the window
/// began: the network would have to swing from one extreme to the other within a window. Each such call that keeps to
/// the middle spares half a call or so. So where more than [#FEW] are flying a quarter of the others is left out
/// of the counter's condition, and of that alone; where few are, chance could do what many don't.
///
/// It costs round trip over W, one call of N (a counter that weighs a whole window cannot give N), and what the answers
/// jitter. Limits of fewer than [#BLENDED] permits, for which that one call is much and a sliding counter
/// unlikely, keep the log's condition only, until a server refuses them. The gap spreads calls evenly; a delayed call
/// may catch up by one, or by more where that was asked for: what is proven needs no gap. Not thread-safe.
public final class PacedLimit {
    /// No moment at all: an answer has to come first.
    public static final long NEVER = Long.MAX_VALUE;

    /// From how many permits on every kind of counter is provided for.
    public static final int BLENDED = 4;

    /// How many calls may be under way by themselves at their worst moments.
    private static final int FEW = 4;

    private static final double SPARED = 0.25;

    private final Limit limit;
    private final boolean blended;
    private final long windowNanos;
    private final long gapNanos;
    private final long creditNanos;
    private long due = Long.MIN_VALUE;

    // What the counter's condition was last found to say, and of which stamps and room.
    private long allowedAt;
    private long allowedAdded = -1;
    private int allowedRoom;

    public PacedLimit(Limit limit) {
        this(limit, limit.permits() >= BLENDED, 1);
    }

    /// The same where so many calls may catch up at once after idling.
    public PacedLimit(Limit limit, int catchUp) {
        this(limit, limit.permits() >= BLENDED, catchUp);
    }

    /// The conditions alone, for every kind of counter: nothing is spread.
    static PacedLimit unspread(Limit limit) {
        return new PacedLimit(limit, true, Integer.MAX_VALUE);
    }

    /// @param blended whether sliding counters are provided for
    /// @param catchUp how many calls' time may be made good at once
    private PacedLimit(Limit limit, boolean blended, int catchUp) {
        this.limit = limit;
        this.blended = blended;
        windowNanos = limit.window().toNanos();
        int even = blended ? limit.permits() - 1 : limit.permits();
        gapNanos = even <= 1 ? 0 : windowNanos / even;
        creditNanos = Math.min(windowNanos, gapNanos * Math.min(catchUp, limit.permits()));
    }

    /// The same pace under another number of permits, without a jump.
    public PacedLimit withPermits(int permits) {
        PacedLimit next = new PacedLimit(limit.withPermits(permits));
        next.due = due;
        return next;
    }

    public Limit limit() {
        return limit;
    }

    public int slots() {
        return Math.max(1, blended ? limit.permits() - 1 : limit.permits());
    }

    public long windowNanos() {
        return windowNanos;
    }

    public long gapNanos() {
        return gapNanos;
    }

    /// How long stamps matter.
    public long horizonNanos() {
        return blended ? 2 * windowNanos : windowNanos;
    }

    /// The first moment, not before `now`, at which one more call keeps this limit, given the stamps of answers and the
    /// calls on their way.
    long earliest(RecentTimestamps answered, int flying, long now) {
        int room = limit.permits() - 1 - flying;
        if (room < 0) {
            return NEVER;
        }
        long at = due == Long.MIN_VALUE ? now : Math.max(now, due - creditNanos);
        if (answered.size() > room) {
            at = Math.max(at, answered.newest(room + 1) + windowNanos);
        }
        return blended ? Math.max(at, blended(answered, room, flying, at)) : at;
    }

    private long blended(RecentTimestamps answered, int room, int flying, long at) {
        if (answered.added() != allowedAdded || room != allowedRoom) {
            double spared = SPARED * Math.max(0, flying - FEW);
            allowedAt = SlidingCounterCondition.earliest(answered, room + spared, windowNanos, at);
            allowedAdded = answered.added();
            allowedRoom = room;
        }
        return allowedAt;
    }

    /// A call goes. What came before the first one nobody knows, so there is nothing to catch up with yet.
    public void granted(long now) {
        due = due == Long.MIN_VALUE ? now + creditNanos : Math.max(due, now) + gapNanos;
    }

    /// There is nothing to catch up with: a pause was no idling.
    public void spend(long now) {
        due = Math.max(due, now + creditNanos - gapNanos);
    }

    /// How many calls may have gone between two moments, given what had ended at the first.
    ///
    /// @param ended stamps, oldest first
    public long mostCalls(long[] ended, long from, long to) {
        if (gapNanos == 0) {
            return limit.permits();
        }
        long then = ended.length == 0 ? from : ended[0] + creditNanos - gapNanos;
        for (long stamp : ended) {
            then = Math.max(then, stamp) + gapNanos;
        }
        return Math.clamp((to + creditNanos - Math.max(then, from)) / gapNanos + 1, 1, limit.permits());
    }
}
