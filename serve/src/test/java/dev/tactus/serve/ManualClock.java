package dev.tactus.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that a test sets.
public final class ManualClock implements InstantSource {
    private volatile Instant now;

    public ManualClock(String now) {
        this.now = Instant.parse(now);
    }

    public void set(String instant) {
        now = Instant.parse(instant);
    }

    public void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
