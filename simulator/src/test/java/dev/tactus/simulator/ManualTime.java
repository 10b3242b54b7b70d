package dev.tactus.simulator;

import dev.tactus.limits.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that a test turns by hand.
final class ManualTime implements Ticker, InstantSource {
    private final AtomicLong nanos = new AtomicLong();
    private final Instant start;

    ManualTime(Instant start) {
        this.start = start;
    }

    static ManualTime atEpochSecond(long second) {
        return new ManualTime(Instant.ofEpochSecond(second));
    }

    void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.get());
    }
}
