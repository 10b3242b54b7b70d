package dev.tactus.limits.learning;

import dev.tactus.limits.Limit;
import dev.tactus.limits.leases.PacedLimit;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// How long to stay away after a refusal when the server did not say: as long as the next refusal in a row would show
/// that less was not enough. Pure; nanoseconds.
public final class RefusalBackoff {
    private RefusalBackoff() {}

    /// While no window is known, until the next longer one has passed since the first refusal, and a little more, since
    /// a
    /// counter fades; of short windows as long once more, which costs little time and saves refusals.
    static long seeking(List<Duration> windows, Duration usual, long sinceFirst) {
        boolean isShort = sinceFirst < usual.toNanos();
        double shortest =
                isShort ? Math.max(sinceFirst, Tunables.SHORT_WINDOW_NANOS) : Tunables.LONGER_WINDOW * sinceFirst;
        long next = windows.stream()
                .mapToLong(Duration::toNanos)
                .filter(window -> window > shortest)
                .findFirst()
                .orElse(usual.toNanos());
        return isShort
                ? next
                : Math.clamp((long) (Tunables.FADING * next) - sinceFirst, usual.toNanos(), 2 * sinceFirst);
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

    /// Where it is told how calls are counted: none beyond the end of the window that was full when the row of refusals
    /// began, which may be that of the shortest limit first.
    ///
    /// @param limits those that are told, in calls
    public static long told(List<Limit> limits, long sinceFirst, int inARow) {
        List<Limit> shortestFirst =
                limits.stream().sorted(Comparator.comparing(Limit::window)).toList();
        for (Limit limit : shortestFirst) {
            long window = limit.window().toNanos();
            if (sinceFirst < window) {
                long rest = limit.equals(shortestFirst.getFirst())
                        ? holding(new PacedLimit(limit), Tunables.REST_GAPS, inARow)
                        : sinceFirst;
                return Math.min(rest, (long) (Tunables.FADING * window) - sinceFirst);
            }
        }
        return shortestFirst.getLast().window().toNanos();
    }

    /// The same for a bucket, or spacing, or where there is one among the limits.
    public static long toldBucket(Limit slowest, int inARow) {
        return holding(new PacedLimit(slowest), Tunables.REST_GAPS, inARow);
    }

    /// With a sharer a refusal says little about the next call: short, doubled up to a quarter of a window.
    static long sharing(PacedLimit limit, int inARow) {
        return Math.min(
                limit.windowNanos() / 4, first(limit, Tunables.CONTENDED_REST_GAPS) << Math.min(inARow - 1, 10));
    }

    private static long first(PacedLimit limit, int gaps) {
        return gaps * Math.max(limit.gapNanos(), limit.windowNanos() / 1000);
    }
}
