package dev.tactus.limits.metering;

import dev.tactus.limits.Limit;

/// "At most N in any window of W", exactly: a log of the grants of the last W, in a ring that grows as it fills.
///
/// Why it is exact. Let g(1) ≤ g(2) ≤ … be the grants, one of cost c being c of them at once. A request at t passes
/// only if fewer than N logged grants are younger than W, which is to say that the N-th last of them, if there is one,
/// lies at least W back: g(s) − g(s − N) ≥ W for every s. A half-open window of length W that held N + 1 grants would
/// hold some g(s) and g(s − N) less than W apart. So none does; and since a grant leaves the log once it is W old,
/// nothing is refused that the promise allows.
///
/// Stamps are four bytes: ticks since any zero, modulo 2³². A tick is a nanosecond for windows up to 2.1 s and the
/// next power of two that fits W into 31 bits beyond (32 ns at a minute, 2 µs at an hour). Rounding only ever delays:
/// moments are rounded down, and where a tick is longer than a nanosecond a stamp is kept one tick more, so that a
/// permit returns at most three ticks late and never early. Every stamp in the log is younger than W when the log was
/// last looked at, and a log whose newest is W old is dropped whole, so ages stay below 2 W and fit 32 bits.
final class LogMeter extends QuotaMeter {
    private static final int[] NONE = {};
    private static final int SMALLEST = 4;
    private static final long LONGEST_SPAN = (1L << 31) - 8;

    private final int permits;
    private final int shift;
    private final int span;
    private int[] ring = NONE;
    private int oldest;
    private int size;
    private long newestTick;
    /// What takes the next permits that leave; only while there is no room.
    private long owed;

    LogMeter(Limit limit) {
        permits = limit.permits();
        long window = limit.window().toNanos();
        int bits = 0;
        while (window >> bits > LONGEST_SPAN) {
            bits++;
        }
        shift = bits;
        span = (int) (bits == 0 ? window : Math.ceilDiv(window, 1L << bits) + 1);
    }

    /// Drops what has left the window.
    private void drop(long tick) {
        if (owed > 0) {
            pay(tick);
        }
        if (tick - newestTick >= span) {
            size = 0;
            return;
        }
        int mask = ring.length - 1;
        while (size > 0 && Integer.compareUnsigned((int) tick - ring[oldest], span) >= 0) {
            oldest = (oldest + 1) & mask;
            size--;
        }
    }

    /// What has left the window while something is owed is taken again at the moment at which it left.
    private void pay(long tick) {
        while (owed > 0 && tick - newestTick >= span) {
            payAll();
        }
        int mask = ring.length - 1;
        while (owed > 0 && Integer.compareUnsigned((int) tick - ring[oldest], span) >= 0) {
            int again = ring[oldest] + span;
            oldest = (oldest + 1) & mask;
            size--;
            if (size < permits) {
                ring[(oldest + size++) & mask] = again;
                newestTick = tick - Integer.toUnsignedLong((int) tick - again);
                owed--;
            }
        }
    }

    /// One window further, when all that is in the log has left.
    private void payAll() {
        int mask = ring.length - 1;
        forgetOldest(size - permits);
        int kept = (int) Math.min(owed, size);
        int newest = (int) newestTick;
        int last = ring[(oldest + kept - 1) & mask];
        for (int at = 0; at < kept; at++) {
            ring[(oldest + at) & mask] += span;
        }
        newestTick += span - Integer.toUnsignedLong(newest - last);
        size = kept;
        owed -= kept;
    }

    @Override
    boolean fits(long now, int cost) {
        drop(now >> shift);
        if (owed > 0 || cost > permits - size) {
            return false;
        }
        makeRoom(size + cost);
        return true;
    }

    private void makeRoom(int wanted) {
        if (wanted > ring.length) {
            resize(Integer.highestOneBit(Math.max(SMALLEST, wanted) - 1) << 1);
        }
    }

    private void resize(int length) {
        int[] other = new int[length];
        for (int at = 0; at < size; at++) {
            other[at] = ring[(oldest + at) & (ring.length - 1)];
        }
        ring = other;
        oldest = 0;
    }

    @Override
    void charge(long now, int cost) {
        long tick = now >> shift;
        int mask = ring.length - 1;
        for (int each = 0; each < cost; each++) {
            ring[(oldest + size++) & mask] = (int) tick;
        }
        newestTick = tick;
    }

    @Override
    void chargeRefused(long now, int cost) {
        drop(now >> shift);
        // Only the last N decide.
        forgetOldest(size + cost - permits);
        makeRoom(size + cost);
        charge(now, cost);
    }

    @Override
    void owe(long now, int cost) {
        drop(now >> shift);
        int room = Math.min(cost, Math.max(0, permits - size));
        makeRoom(size + room);
        charge(now, room);
        owed += cost - room;
    }

    private void forgetOldest(int count) {
        if (count > 0) {
            oldest = (oldest + count) & (ring.length - 1);
            size -= count;
        }
    }

    /// The moment at which that many of the oldest have left, of which there must be as many.
    private long gone(long now, int count) {
        long tick = now >> shift;
        int stamp = ring[(oldest + count - 1) & (ring.length - 1)];
        long age = Integer.toUnsignedLong((int) tick - stamp);
        return (tick - age + span) << shift;
    }

    /// The moment at which so many have left, some of them again and again as they are owed.
    private long left(long now, long count) {
        long again = (count - 1) / size;
        return gone(now, (int) ((count - 1) % size) + 1) + again * ((long) span << shift);
    }

    @Override
    long readyAt(long now, int cost) {
        drop(now >> shift);
        long tooMany = owed + cost - (permits - size);
        return tooMany <= 0 ? now : left(now, tooMany);
    }

    @Override
    int remaining(long now) {
        return Math.max(0, permits - used(now));
    }

    @Override
    int used(long now) {
        drop(now >> shift);
        return size;
    }

    @Override
    long nextAt(long now) {
        drop(now >> shift);
        return size == 0 ? now : left(now, Math.max(1, owed + size - permits + 1));
    }

    @Override
    long freshAt(long now) {
        drop(now >> shift);
        return size == 0 ? now : left(now, owed + size);
    }

    @Override
    void takeOver(QuotaMeter before, long now) {
        if (before instanceof LogMeter log) {
            log.drop(now >> log.shift);
            owed = log.owed;
            makeRoom(log.size);
            for (int at = 1; at <= log.size; at++) {
                // The last nanosecond of its tick: never older than it was.
                long stamp = log.gone(now, at) - ((long) log.span << log.shift) + (1L << log.shift) - 1;
                if ((now >> shift) - (stamp >> shift) < span) {
                    charge(Math.min(now, stamp), 1);
                }
            }
        } else {
            int taken = Math.min(permits, before.used(now));
            makeRoom(taken);
            charge(now, taken);
        }
    }

    @Override
    void trim(long now) {
        drop(now >> shift);
        if (ring.length > SMALLEST && size <= ring.length / 4) {
            resize(Math.max(SMALLEST, ring.length / 2));
        }
    }
}
