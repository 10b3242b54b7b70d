package dev.tactus.gateway;

import dev.tactus.limits.Alarm;
import dev.tactus.limits.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Time that stands still until a test moves it: ticker, calendar and any number of alarms. Thread-safe; one thread
/// moves it.
public final class ManualTime implements Ticker, InstantSource {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final Map<Alarm, Ringing> alarms = new ConcurrentHashMap<>();
    private volatile long nanos;

    private record Ringing(Alarm alarm, long at, Runnable task) {}

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos);
    }

    public Alarm alarm() {
        return new Alarm() {
            @Override
            public void set(long atNanos, Runnable task) {
                alarms.put(this, new Ringing(this, atNanos, task));
            }

            @Override
            public void clear() {
                alarms.remove(this);
            }

            @Override
            public void close() {
                clear();
            }
        };
    }

    /// Moves time on, ringing on the way whatever is set.
    public void advance(Duration step) {
        long end = nanos + step.toNanos();
        while (true) {
            Optional<Ringing> next = alarms.values().stream()
                    .min(Comparator.comparingLong(Ringing::at))
                    .filter(ringing -> ringing.at() <= end);
            if (next.isEmpty()) {
                nanos = end;
                return;
            }
            nanos = Math.max(nanos, next.get().at());
            alarms.remove(next.get().alarm(), next.get());
            next.get().task().run();
        }
    }
}
