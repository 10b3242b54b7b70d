package dev.tactus.limits;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A limit, and a way of counting, under which a history of answers makes sense.
///
/// Every answer is evidence. Where *used* is what a server of that kind had counted when a call arrived, an accepted
/// call says N > used, and a refused one N ≤ used. So each hypothesis (kind, W, start of the windows) is left with a
/// range for N. An answer's arrival is known only between its sending and its end, so counts are granted the square
/// root of the calls under way: about the standard deviation of what the network shuffles.
///
/// @param kind how the server counts
/// @param limit the N and W
/// @param low the least N that every acceptance allows, in whole
/// @param high the most N that every refusal allows
/// @param slack by how much low may exceed high without a contradiction
record Explanation(Kind kind, Limit limit, int low, int high, int slack) {
    /// How finely the start of a server's windows is told.
    private static final int STARTS = 48;

    private static final double SHARP = 0.02;
    private static final int SHUFFLED = 8;
    private static final int BLUNT = 20;

    /// Ways of counting, the simplest first.
    enum Kind {
        LOG,
        FIXED_WINDOW,
        SLIDING_COUNTER
    }

    /// Whether something was refused and everything fits. A refusal where nothing had been used fits no limit.
    boolean consistent() {
        return high >= 1 && high != Integer.MAX_VALUE && high + Math.min(slack, Math.max(1, high / SHUFFLED)) >= low;
    }

    /// Whether what the network shuffles is little beside the limit.
    boolean sharp() {
        return slack <= SHARP * limit.permits();
    }

    /// Whether so little was counted that chance could have made it.
    boolean blunt() {
        return slack * BLUNT > limit.permits();
    }

    private int margin() {
        return high - low;
    }

    /// An explanation for each of the windows that allows one, in their order: a log unless that contradicts the
    /// history, else what contradicts it least.
    static List<Explanation> all(History history, List<Duration> windows) {
        return windows.stream()
                .map(window -> of(history, window))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Whether several windows explain the history in the simplest way that does.
    static boolean ambiguous(List<Explanation> all) {
        return all.stream().filter(each -> each.kind() == Kind.LOG).count() != 1 && all.size() > 1;
    }

    /// The one to believe of several, the shortest window first: the only log, else the longest window that is not
    /// above `usual`, else the shortest above it.
    static Optional<Explanation> likeliest(List<Explanation> all, Duration usual) {
        List<Explanation> logs =
                all.stream().filter(each -> each.kind() == Kind.LOG).toList();
        if (logs.size() == 1) {
            return Optional.of(logs.getFirst());
        }
        return all.stream()
                .filter(each -> each.limit().window().compareTo(usual) <= 0)
                .reduce((shorter, longer) -> longer)
                .or(() -> all.stream().findFirst());
    }

    static Optional<Explanation> of(History history, Duration window) {
        Explanation log = log(history, window);
        if (log.consistent()) {
            return Optional.of(log);
        }
        Optional<Explanation> fixed = blocks(history, window, Kind.FIXED_WINDOW);
        Optional<Explanation> counter = blocks(history, window, Kind.SLIDING_COUNTER);
        return fixed.filter(blocks -> counter.map(Explanation::margin).orElse(Integer.MIN_VALUE) <= blocks.margin())
                .or(() -> counter);
    }

    /// The starts of windows that contradict the history least: searched coarsely, then finely around the best.
    private static Optional<Explanation> blocks(History history, Duration window, Kind kind) {
        long coarse = window.toNanos() / STARTS;
        Explanation best = blocks(history, window, kind, 0);
        long around = 0;
        for (int start = 1; start < STARTS; start++) {
            Explanation other = blocks(history, window, kind, start * coarse);
            if (other.margin() > best.margin()) {
                best = other;
                around = start * coarse;
            }
        }
        for (int step = 1 - STARTS / 2; step < STARTS / 2; step++) {
            Explanation other = blocks(history, window, kind, around + 2L * step * coarse / STARTS);
            best = other.margin() > best.margin() ? other : best;
        }
        return Optional.of(best).filter(Explanation::consistent);
    }

    private static Explanation log(History history, Duration window) {
        long length = window.toNanos();
        Range range = new Range(history, window, length);
        int oldest = 0;
        int used = 0;
        for (int place = 0; place < history.size(); place++) {
            long arrival = history.arrival(place);
            while (oldest < place && history.arrival(oldest) <= arrival - length) {
                used -= history.accepted(oldest++) ? 1 : 0;
            }
            range.saw(place, used);
            used += history.accepted(place) ? 1 : 0;
        }
        return range.explanation(Kind.LOG);
    }

    private static Explanation blocks(History history, Duration window, Kind kind, long start) {
        long length = window.toNanos();
        boolean blended = kind == Kind.SLIDING_COUNTER;
        Range range = new Range(history, window, blended ? 2 * length : length);
        long began = Long.MIN_VALUE;
        int before = 0;
        int here = 0;
        for (int place = 0; place < history.size(); place++) {
            long arrival = history.arrival(place);
            if (place == 0 || arrival - began >= length) {
                long begins = arrival - Math.floorMod(arrival - start, length);
                before = begins - began == length ? here : 0;
                here = 0;
                began = begins;
            }
            // Answers overtake each other, so that an arrival may lie a little before the window that has begun.
            long passed = Math.max(0, arrival - began);
            range.saw(place, blended ? here + before * (1 - passed / (double) length) : here);
            here += history.accepted(place) ? 1 : 0;
        }
        return range.explanation(kind);
    }

    /// What the answers leave of N under one hypothesis.
    private static final class Range {
        private final History history;
        private final Duration window;
        private final long leadIn;
        private int low = 1;
        private int high = Integer.MAX_VALUE;
        private int slack;

        /// @param leadIn of a history whose beginning is lost, refusals so soon after it say nothing
        Range(History history, Duration window, long leadIn) {
            this.history = history;
            this.window = window;
            this.leadIn = leadIn;
        }

        void saw(int place, double used) {
            if (!history.testifies(place)) {
                return;
            }
            if (history.accepted(place)) {
                low = Math.max(low, (int) Math.floor(used) + 1);
            } else if (history.complete() || history.arrival(place) - history.arrival(0) >= leadIn) {
                high = Math.min(high, (int) Math.ceil(used));
                slack = Math.max(slack, 1 + (int) Math.sqrt(history.around(place)));
            }
        }

        Explanation explanation(Kind kind) {
            int permits = high >= low ? high : (high + low + 1) / 2;
            return new Explanation(kind, new Limit(Math.max(1, permits), window), low, high, slack);
        }
    }
}
