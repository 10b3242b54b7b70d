package dev.tactus.limits.pacing;

import dev.tactus.limits.Limit;

/// The ways in which servers count.
enum ServerKind {
    LOG,
    LOG_COUNTING_REFUSALS,
    BLENDED_COUNTER,
    FIXED_WINDOW;

    FakeServer server(Limit limit) {
        long window = limit.window().toNanos();
        return switch (this) {
            case LOG -> FakeServer.slidingLog(limit.permits(), window);
            case LOG_COUNTING_REFUSALS -> FakeServer.logCountingRefusals(limit.permits(), window);
            case BLENDED_COUNTER -> FakeServer.slidingCounter(limit.permits(), window);
            case FIXED_WINDOW -> FakeServer.fixedWindow(limit.permits(), window);
        };
    }
}
