package dev.tactus.bench.utilisation;

import dev.tactus.limits.Alarm;
import dev.tactus.limits.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/// Virtual time: what is to happen, in its order, and the one source of chance. Single-threaded, deterministic.
final class VirtualTime implements Ticker, InstantSource {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private record Event(long at, long number, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Random random;
    private long now;
    private long numbers;

    VirtualTime(long seed) {
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(now);
    }

    void at(long nanos, Runnable what) {
        events.add(new Event(Math.max(nanos, now), ++numbers, what));
    }

    void after(long nanos, Runnable what) {
        at(now + nanos, what);
    }

    /// An alarm of its own.
    Alarm alarm() {
        return new Alarm() {
            private long latest;

            @Override
            public void set(long atNanos, Runnable task) {
                long mine = ++latest;
                at(atNanos, () -> {
                    if (mine == latest) {
                        task.run();
                    }
                });
            }

            @Override
            public void clear() {
                latest++;
            }

            @Override
            public void close() {
                clear();
            }
        };
    }

    void runUntil(Duration end) {
        while (!events.isEmpty() && events.peek().at() <= end.toNanos()) {
            Event event = events.poll();
            now = event.at();
            event.what().run();
        }
        now = end.toNanos();
    }
}
