package dev.tactus.limits.learning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The moments at which headers say that windows end: where they stand a whole number of windows apart, they tell how
/// long a window is.
///
/// A bucket's reset is when it would be full, which stands anywhere; so does the end of a window that begins with a
/// call. Nanoseconds. Not thread-safe.
final class ResetLattice {
    private static final int LEAST_RESETS = 12;
    /// how exactly a reset is told, and known through the network
    private static final long TOLERANCE_NANOS = Duration.ofMillis(1200).toNanos();

    private final List<Duration> windows;
    private final boolean[] refuted;
    private long first;
    private long last;
    private int resets;
    private long shortestRest = Long.MAX_VALUE;
    private long longestRest;

    /// @param windows those that are usual, the shortest first
    ResetLattice(List<Duration> windows) {
        this.windows = windows;
        refuted = new boolean[windows.size()];
    }

    /// @param rest time until then
    void add(long now, long rest) {
        shortestRest = Math.min(shortestRest, rest);
        longestRest = Math.max(longestRest, rest);
        long reset = now + rest;
        if (resets == 0) {
            first = reset;
        } else if (Math.abs(reset - last) <= TOLERANCE_NANOS) {
            return;
        }
        last = reset;
        resets++;
        for (int each = 0; each < refuted.length; each++) {
            long window = windows.get(each).toNanos();
            long off = Math.floorMod(reset - first, window);
            refuted[each] |= Math.min(off, window - off) > TOLERANCE_NANOS;
        }
    }

    /// The window, once enough resets tell it.
    Optional<Duration> window() {
        if (resets < LEAST_RESETS) {
            return Optional.empty();
        }
        for (int each = 0; each < refuted.length; each++) {
            long window = windows.get(each).toNanos();
            boolean shows = window > 2 * TOLERANCE_NANOS && longestRest - shortestRest > window / 2;
            if (!refuted[each] && shows && longestRest <= window + TOLERANCE_NANOS) {
                return Optional.of(windows.get(each));
            }
        }
        return Optional.empty();
    }
}
