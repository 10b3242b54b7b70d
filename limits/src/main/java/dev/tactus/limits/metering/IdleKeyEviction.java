package dev.tactus.limits.metering;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Goes round the keys of a limiter, a few at a time, and drops those that are as good as new.
///
/// Once in a millisecond of the callers' time one caller looks at so many keys that a round takes a minute; the others
/// pass by. A caller's moment may be wrong, and a key that is forgotten too soon gets its quota twice. So time is taken
/// to be the earliest of the last few moments that were told: one wrong clock among right ones moves nothing.
/// Thread-safe.
final class IdleKeyEviction<K> extends SpinLock {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final long ROUND_NANOS = 60_000_000_000L;
    private static final int FEWEST = 8;
    private static final int MOST = 2048;
    private static final int WITNESSES = 8;

    private final ConcurrentHashMap<K, KeyMeters> keys;
    private Iterator<Map.Entry<K, KeyMeters>> round = Collections.emptyIterator();
    private long keysOfRound;
    private final long[] told = new long[WITNESSES];
    private int next;
    private volatile long last = Long.MIN_VALUE;

    /// When keys were last forgotten. Made anew they start no earlier, or a clock that goes back would find them
    /// unused.
    private volatile long latest = Long.MIN_VALUE;

    IdleKeyEviction(ConcurrentHashMap<K, KeyMeters> keys) {
        this.keys = keys;
        Arrays.fill(told, Long.MIN_VALUE);
    }

    long latest() {
        return latest;
    }

    /// Looks at a few keys if it is time to.
    void proceed(long now) {
        long before = last;
        boolean soon = before != Long.MIN_VALUE && Math.abs(now - before) < PAUSE_NANOS;
        if (soon || !tryLock()) {
            return;
        }
        try {
            last = now;
            told[next] = now;
            next = (next + 1) % WITNESSES;
            long sure = Arrays.stream(told).min().orElseThrow();
            if (sure != Long.MIN_VALUE) {
                lookAt(sure - latest, sure);
            }
        } finally {
            unlock();
        }
    }

    private int share(long elapsed) {
        double part = (double) elapsed / ROUND_NANOS * keysOfRound;
        return (int) Math.clamp(part, FEWEST, MOST);
    }

    private void lookAt(long elapsed, long now) {
        latest = Math.max(latest, now);
        if (!round.hasNext()) {
            round = keys.entrySet().iterator();
            keysOfRound = keys.mappingCount();
        }
        int count = share(elapsed);
        for (int looked = 0; looked < count && round.hasNext(); looked++) {
            forget(round.next(), now);
        }
    }

    private void forget(Map.Entry<K, KeyMeters> entry, long now) {
        if (entry.getValue().forget(now)) {
            keys.remove(entry.getKey(), entry.getValue());
        }
    }

    /// Looks at all of them.
    void all(long now) {
        lock();
        try {
            latest = Math.max(latest, now);
            keys.entrySet().forEach(entry -> forget(entry, now));
        } finally {
            unlock();
        }
    }
}
