package dev.tactus.limits.leases;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The calls of one scope that still count: those on their way, and the stamps of those that ended.
///
/// A slot is taken when a call is sent and stamped when its answer arrives. Without an answer it is stamped a margin
/// after the call was given up. Nanoseconds. Not thread-safe.
public final class Leases {
    private final RecentTimestamps ended;
    private final RecentTimestamps accepted;
    private final Deque<Long> lostUntil = new ArrayDeque<>();
    private int inFlight;

    public Leases(int capacity) {
        ended = new RecentTimestamps(capacity);
        accepted = new RecentTimestamps(capacity);
    }

    /// Keeps at least that many stamps.
    public void makeRoomFor(int permits) {
        ended.makeRoomFor(permits);
        accepted.makeRoomFor(permits);
    }

    /// Stamps lost calls whose margin is over and forgets what is older than `horizonNanos`.
    public void advance(long now, long horizonNanos) {
        while (!lostUntil.isEmpty() && lostUntil.getFirst() <= now) {
            long at = lostUntil.removeFirst();
            inFlight--;
            stamp(at, true);
        }
        ended.dropUntil(now - horizonNanos);
        accepted.dropUntil(now - horizonNanos);
    }

    public void sent() {
        inFlight++;
    }

    public void answered(long now, boolean counted) {
        inFlight--;
        stamp(now, counted);
    }

    public void lost(long until) {
        lostUntil.addLast(until);
    }

    public void unused() {
        inFlight--;
    }

    /// A call of an earlier process.
    public void remember(long at) {
        stamp(at, true);
    }

    private void stamp(long at, boolean counted) {
        ended.add(at);
        if (counted) {
            accepted.add(at);
        }
    }

    public int inFlight() {
        return inFlight;
    }

    /// Until when lost calls are held, the first to end first.
    public List<Long> lost() {
        return List.copyOf(lostUntil);
    }

    /// Calls that count in the window that ends at `now`: ended, or on their way.
    public int used(long now, long windowNanos) {
        return inFlight + ended.countAfter(now - windowNanos);
    }

    /// Calls the server accepted, as far as is known.
    public RecentTimestamps accepted() {
        return accepted;
    }

    public RecentTimestamps ended() {
        return ended;
    }

    /// The first moment at which one more call keeps every one of the limits.
    public long earliest(List<PacedLimit> limits, long now) {
        long earliest = now;
        for (PacedLimit limit : limits) {
            earliest = Math.max(earliest, limit.earliest(ended, inFlight, now));
        }
        return earliest == PacedLimit.NEVER ? nextEnd() : earliest;
    }

    /// When the next call on its way ends by itself; [PacedLimit#NEVER] if only answers can end them.
    public long nextEnd() {
        return lostUntil.isEmpty() ? PacedLimit.NEVER : lostUntil.getFirst();
    }
}
