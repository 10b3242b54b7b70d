package dev.tactus.limits;

import java.time.Instant;
import java.time.InstantSource;

/// A clock for pacing: nanoseconds from an arbitrary origin, never going back.
///
/// Only differences mean something. Thread-safe. Tests inject one that they turn by hand.
@FunctionalInterface
public interface Ticker {

    /// Nanoseconds since an arbitrary, fixed moment.
    long nanos();

    /// The machine's monotonic clock.
    static Ticker system() {
        return System::nanoTime;
    }

    /// The machine's monotonic clock, counted from the epoch: set once by the calendar, it then neither jumps nor goes
    /// back when the calendar's clock is set.
    static Ticker sinceEpoch(InstantSource calendar) {
        Instant now = calendar.instant();
        long origin = Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano())
                - System.nanoTime();
        return () -> origin + System.nanoTime();
    }
}
