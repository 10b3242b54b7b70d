package dev.tactus.limits.learning;

import dev.tactus.limits.leases.PacedLimit;
import java.time.Duration;
import java.util.List;

/// How long to stay away after a refusal when the server did not say: as long as the next refusal in a row would show
/// that less was not enough. Pure; nanoseconds.
final class RefusalBackoff {
    /// Windows up to this are not waited for one by one: that would cost refusals and spare next to nothing.
    private static final long SHORT_NANOS = Duration.ofSeconds(2).toNanos();

    private static final int SHARING_GAPS = 2;

    private RefusalBackoff() {}

    /// While no window is known, until the end of the next longer one, from the first refusal on.
    static long seeking(List<Duration> windows, Duration usual, long sinceFirst) {
        return windows.stream()
                .mapToLong(Duration::toNanos)
                .filter(window -> window > Math.max(sinceFirst, SHORT_NANOS))
                .findFirst()
                .orElse(usual.toNanos());
    }

    /// A few calls' time first, a whole window at last.
    ///
    /// @param gaps how many calls' time the first rest takes
    static long holding(PacedLimit limit, int gaps, int inARow) {
        long first = first(limit, gaps);
        long window = limit.windowNanos();
        return switch (inARow) {
            case 1 -> Math.min(first, window);
            case 2 -> Math.max(first, window / 8);
            case 3 -> Math.max(first, window / 4);
            case 4 -> Math.max(first, window / 2);
            default -> window;
        };
    }

    /// With a sharer a refusal says little about the next call: short, doubled up to a quarter of a window.
    static long sharing(PacedLimit limit, int inARow) {
        return Math.min(limit.windowNanos() / 4, first(limit, SHARING_GAPS) << Math.min(inARow - 1, 10));
    }

    private static long first(PacedLimit limit, int gaps) {
        return gaps * Math.max(limit.gapNanos(), limit.windowNanos() / 1000);
    }
}
