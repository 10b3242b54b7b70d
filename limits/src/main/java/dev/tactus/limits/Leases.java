package dev.tactus.limits;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The calls of one scope that still count: those on their way, and the stamps of those that ended.
///
/// A slot is taken when a call is sent and stamped when its answer arrives. Without an answer it is stamped a margin
/// after the call was given up. Nanoseconds. Not thread-safe.
final class Leases {
    private final Stamps ended;
    private final Stamps accepted;
    private final Deque<Long> lostUntil = new ArrayDeque<>();
    private int inFlight;

    Leases(int capacity) {
        ended = new Stamps(capacity);
        accepted = new Stamps(capacity);
    }

    /// Keeps at least that many stamps.
    void makeRoomFor(int permits) {
        ended.makeRoomFor(permits);
        accepted.makeRoomFor(permits);
    }

    /// Stamps lost calls whose margin is over and forgets what is older than `horizonNanos`.
    void advance(long now, long horizonNanos) {
        while (!lostUntil.isEmpty() && lostUntil.getFirst() <= now) {
            long at = lostUntil.removeFirst();
            inFlight--;
            stamp(at, true);
        }
        ended.dropUntil(now - horizonNanos);
        accepted.dropUntil(now - horizonNanos);
    }

    void sent() {
        inFlight++;
    }

    void answered(long now, boolean counted) {
        inFlight--;
        stamp(now, counted);
    }

    void lost(long until) {
        lostUntil.addLast(until);
    }

    void unused() {
        inFlight--;
    }

    /// A call of an earlier process.
    void remember(long at) {
        stamp(at, true);
    }

    private void stamp(long at, boolean counted) {
        ended.add(at);
        if (counted) {
            accepted.add(at);
        }
    }

    int inFlight() {
        return inFlight;
    }

    /// Calls that count in the window that ends at `now`: ended, or on their way.
    int used(long now, long windowNanos) {
        return inFlight + ended.countAfter(now - windowNanos);
    }

    /// Calls the server accepted, as far as is known.
    Stamps accepted() {
        return accepted;
    }

    Stamps ended() {
        return ended;
    }

    /// The first moment at which one more call keeps every one of the limits.
    long earliest(List<PacedLimit> limits, long now) {
        long earliest = now;
        for (PacedLimit limit : limits) {
            earliest = Math.max(earliest, limit.earliest(ended, inFlight, now));
        }
        return earliest == PacedLimit.NEVER ? nextEnd() : earliest;
    }

    /// When the next call on its way ends by itself; {@link PacedLimit#NEVER} if only answers can end them.
    long nextEnd() {
        return lostUntil.isEmpty() ? PacedLimit.NEVER : lostUntil.getFirst();
    }
}
