package dev.tactus.gateway;

import dev.tactus.limits.Alarm;
import dev.tactus.limits.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Time that stands still until a test moves it: ticker, calendar and any number of alarms.
public final class ManualTime implements Ticker, InstantSource {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final List<Ringing> alarms = new ArrayList<>();
    private long nanos;

    private static final class Ringing {
        private long at = Long.MAX_VALUE;
        private Runnable task = () -> {};
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos);
    }

    public Alarm alarm() {
        Ringing ringing = new Ringing();
        alarms.add(ringing);
        return new Alarm() {
            @Override
            public void set(long atNanos, Runnable task) {
                ringing.at = atNanos;
                ringing.task = task;
            }

            @Override
            public void clear() {
                ringing.at = Long.MAX_VALUE;
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
            Optional<Ringing> next = alarms.stream()
                    .min(Comparator.comparingLong(alarm -> alarm.at))
                    .filter(alarm -> alarm.at <= end);
            if (next.isEmpty()) {
                nanos = end;
                return;
            }
            nanos = Math.max(nanos, next.get().at);
            next.get().at = Long.MAX_VALUE;
            next.get().task.run();
        }
    }
}
