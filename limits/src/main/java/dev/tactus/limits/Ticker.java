package dev.tactus.limits;

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
}
