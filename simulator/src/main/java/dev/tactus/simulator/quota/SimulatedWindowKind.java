package dev.tactus.simulator.quota;

/// How a simulated limit counts.
public enum SimulatedWindowKind {
    /// admitted requests of exactly the last window
    SLIDING_LOG,
    /// all requests of exactly the last window, refused ones too
    SLIDING_LOG_COUNTING_REJECTIONS,
    /// this fixed window's count and the last one's, weighted
    SLIDING_COUNTER,
    /// admitted requests since the last multiple of the window since the epoch
    FIXED_WINDOW,
    /// admitted requests since a window opened by the first request after the one before
    FIXED_WINDOW_FROM_FIRST_REQUEST;

    Window open(long windowNanos) {
        return switch (this) {
            case SLIDING_LOG -> new LogWindow(windowNanos, false);
            case SLIDING_LOG_COUNTING_REJECTIONS -> new LogWindow(windowNanos, true);
            case SLIDING_COUNTER -> new CounterWindow(windowNanos);
            case FIXED_WINDOW -> new FixedWindow(windowNanos, true);
            case FIXED_WINDOW_FROM_FIRST_REQUEST -> new FixedWindow(windowNanos, false);
        };
    }
}
