package dev.tactus.simulator.quota;

/// One kind of counting requests in time. Times are nanoseconds since the epoch and never go back. Not thread-safe.
sealed interface Window permits LogWindow, CounterWindow, FixedWindow {
    /// How things stand for a request arriving now, before it is counted.
    ///
    /// @param permits the ceiling at this moment
    WindowStatus look(long now, int permits);

    void admitted(long now);

    void refused(long now);

    /// How things stand.
    ///
    /// @param remaining how many requests would be admitted now
    /// @param resetNanos how long until one more is: where none remains until the first is, else until the window
    /// frees something; 0 for a window that holds nothing
    record WindowStatus(int remaining, long resetNanos) {
        boolean isOpen() {
            return remaining > 0;
        }
    }
}
