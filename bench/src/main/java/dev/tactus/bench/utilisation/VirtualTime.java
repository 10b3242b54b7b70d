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
final class VirtualTime implements Ticker, InstantSource, Alarm {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private record Event(long at, long number, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Random random;
    private long now;
    private long numbers;
    private long alarm;

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

    @Override
    public void set(long atNanos, Runnable task) {
        long mine = ++alarm;
        at(atNanos, () -> {
            if (mine == alarm) {
                task.run();
            }
        });
    }

    @Override
    public void clear() {
        alarm++;
    }

    @Override
    public void close() {
        clear();
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
