package dev.tactus.simulator.quota;

import dev.tactus.limits.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// The simulator's time: nanoseconds since the epoch that never go back, read once from the calendar and then from the
/// ticker; and the time since the first request, which schedules are measured by. Thread-safe.
public final class SimulatorClock {
    private static final long NOT_YET = Long.MIN_VALUE;

    private final Ticker ticker;
    private final long origin;
    private final AtomicLong firstRequest = new AtomicLong(NOT_YET);

    public SimulatorClock(Ticker ticker, InstantSource calendar) {
        this.ticker = ticker;
        Instant now = calendar.instant();
        this.origin = now.getEpochSecond() * 1_000_000_000L + now.getNano() - ticker.nanos();
    }

    public long nanos() {
        return origin + ticker.nanos();
    }

    /// Marks a request; the first one starts the schedules.
    public void requested() {
        if (firstRequest.get() == NOT_YET) {
            firstRequest.compareAndSet(NOT_YET, nanos());
        }
    }

    /// Nanoseconds from the first request to a moment; 0 before it.
    long elapsed(long nanos) {
        long first = firstRequest.get();
        return first == NOT_YET ? 0 : Math.max(0, nanos - first);
    }

    public Duration elapsed() {
        return Duration.ofNanos(elapsed(nanos()));
    }
}
