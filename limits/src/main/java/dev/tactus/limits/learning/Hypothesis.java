package dev.tactus.limits.learning;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A limit, and a way of counting, under which a history of answers makes sense.
///
/// Every answer is evidence. Where *used* is what a server of that kind had counted when a call arrived, an accepted
/// call says N > used, and a refused one N ≤ used. So each hypothesis (kind, W, start of the windows) is left with a
/// range for N. An answer's arrival is known only between its sending and its end, so counts are granted a little
/// more or less, by how many calls were under way ([PermitRange]).
///
/// @param kind how the server counts
/// @param limit the N and W; of several N that are equally good the least
/// @param most the greatest of them
/// @param range what the answers leave of N
/// @param starts where fixed windows may start
record Hypothesis(Kind kind, Limit limit, int most, PermitRange.Bounds range, Optional<Starts> starts) {
    /// Ways of counting, the simplest first.
    enum Kind {
        LOG,
        LOG_COUNTING_REFUSALS,
        FIXED_WINDOW,
        SLIDING_COUNTER
    }

    /// The moments at which a server's windows may start, give or take whole windows. They stay when its limit
    /// moves.
    record Starts(long from, long length) {}

    /// A start, and what answers leave of N under it.
    private record Start(long at, PermitRange.Bounds range) {

        /// How well it fits: all that contradict nothing fit equally well.
        int fit() {
            return Math.min(0, range.width());
        }
    }

    /// The N to try: half-way from the least to the most if that is a gain that is worth a refusal, which also
    /// shows more closely where windows start.
    ///
    /// @param proven what is known to be allowed
    Limit bold(int proven) {
        int least = Math.max(proven, limit.permits());
        int halfway = (most - least) / 2;
        return halfway >= Tunables.WORTHWHILE * least ? limit.withPermits(least + halfway) : limit;
    }

    /// Whether what the network shuffles is little beside the limit.
    boolean sharp() {
        return range.slack() <= Tunables.SHARP * limit.permits();
    }

    /// Whether so little was counted that chance could have made it.
    boolean blunt() {
        return range.slack() * Tunables.BLUNT > limit.permits();
    }

    /// Whether every call is counted for W and no longer, so that N is what had been counted at a refusal.
    boolean isLog() {
        return kind == Kind.LOG || kind == Kind.LOG_COUNTING_REFUSALS;
    }

    /// Whether it holds even if next to nothing was shuffled.
    boolean sure() {
        return range.width() >= -Math.min(range.slack(), (int) (Tunables.NEXT_TO_NOTHING * limit.permits()));
    }

    /// An explanation for each of the windows that allows one, in their order: a log unless that contradicts the
    /// history, else what contradicts it least.
    static List<Hypothesis> all(AnswerHistory history, List<Duration> windows) {
        return windows.stream()
                .map(window -> of(history, window))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Whether several windows explain the history in the simplest way that does.
    static boolean ambiguous(List<Hypothesis> all) {
        return all.stream().filter(Hypothesis::isLog).count() != 1 && all.size() > 1;
    }

    /// The one to try of several that are equally good: the shortest window lets most through, and is found out soonest
    /// if it is wrong.
    ///
    /// @param all the shortest window first; not empty
    static Hypothesis boldest(List<Hypothesis> all) {
        List<Hypothesis> logs = all.stream().filter(Hypothesis::isLog).toList();
        return logs.stream()
                .filter(log -> !log.blunt())
                .findFirst()
                .or(() -> logs.reversed().stream().findFirst())
                .orElse(all.getFirst());
    }

    /// The one to believe of several, the shortest window first: the only log, else the longest window that is not
    /// above `usual`, else the shortest above it.
    static Optional<Hypothesis> likeliest(List<Hypothesis> all, Duration usual) {
        List<Hypothesis> logs = all.stream().filter(Hypothesis::isLog).toList();
        if (logs.size() == 1) {
            return Optional.of(logs.getFirst());
        }
        return all.stream()
                .filter(each -> each.limit().window().compareTo(usual) <= 0)
                .reduce((shorter, longer) -> longer)
                .or(() -> all.stream().findFirst());
    }

    /// A log over that window, if it makes sense.
    static Optional<Hypothesis> log(AnswerHistory history, Duration window) {
        return log(history, window, Kind.LOG).or(() -> log(history, window, Kind.LOG_COUNTING_REFUSALS));
    }

    static Optional<Hypothesis> of(AnswerHistory history, Duration window) {
        return log(history, window).or(() -> blocks(history, window, new Starts(0, window.toNanos())));
    }

    /// @param known what an earlier history has told about fixed windows; it refuted logs, too
    static Optional<Hypothesis> of(AnswerHistory history, Duration window, Optional<Starts> known) {
        return known.flatMap(starts -> blocks(history, window, starts)).or(() -> of(history, window));
    }

    private static Optional<Hypothesis> blocks(AnswerHistory history, Duration window, Starts starts) {
        Optional<Hypothesis> fixed = blocks(history, window, Kind.FIXED_WINDOW, starts);
        Optional<Hypothesis> counter = blocks(history, window, Kind.SLIDING_COUNTER, new Starts(0, window.toNanos()));
        if (fixed.isEmpty() || counter.isEmpty()) {
            return fixed.or(() -> counter);
        }
        boolean both = fixed.get().sure() && counter.get().sure();
        int difference = both
                ? counter.get().limit().permits() - fixed.get().limit().permits()
                : fixed.get().range().width() - counter.get().range().width();
        return difference >= 0 ? fixed : counter;
    }

    /// The starts of windows that contradict the history least: searched coarsely, then finely around the best.
    private static Optional<Hypothesis> blocks(AnswerHistory history, Duration window, Kind kind, Starts within) {
        List<Start> all = new ArrayList<>();
        long step = within.length() / Tunables.STARTS;
        for (int place = 0; place < Tunables.STARTS; place++) {
            all.add(start(history, window, kind, within.from() + place * step));
        }
        long around = best(all).at();
        for (int place = 1 - Tunables.STARTS / 2; place < Tunables.STARTS / 2; place++) {
            all.add(start(history, window, kind, around + 2L * place * step / Tunables.STARTS));
        }
        Start best = best(all);
        return best.range().consistent() ? Optional.of(of(kind, window, best, all, step)) : Optional.empty();
    }

    private static Start best(List<Start> starts) {
        return Collections.max(starts, Comparator.comparingInt(Start::fit));
    }

    private static Hypothesis of(Kind kind, Duration window, Start best, List<Start> all, long step) {
        long length = window.toNanos();
        int least = Integer.MAX_VALUE;
        int most = 1;
        long first = 0;
        long last = 0;
        for (Start start : all) {
            if (start.fit() == best.fit() && start.range().consistent()) {
                least = Math.min(least, Math.max(1, start.range().likeliest()));
                most = Math.max(most, start.range().likeliest());
                long off = Math.floorMod(start.at() - best.at() + length / 2, length) - length / 2;
                first = Math.min(first, off);
                last = Math.max(last, off);
            }
        }
        Starts starts = new Starts(best.at() + first - step, Math.min(length, last - first + 2 * step));
        return new Hypothesis(
                kind,
                new Limit(least, window),
                most,
                best.range(),
                kind == Kind.FIXED_WINDOW ? Optional.of(starts) : Optional.empty());
    }

    /// A log over that window which explains to the call what was refused since then.
    static Optional<Hypothesis> beside(AnswerHistory history, Duration window, long since) {
        return Optional.of(logged(history, window, Kind.LOG, since))
                .filter(PermitRange.Bounds::consistent)
                .map(bounds -> of(Kind.LOG, window, bounds))
                .filter(Hypothesis::sure);
    }

    private static Hypothesis of(Kind kind, Duration window, PermitRange.Bounds bounds) {
        return new Hypothesis(
                kind, new Limit(Math.max(1, bounds.likeliest()), window), bounds.likeliest(), bounds, Optional.empty());
    }

    /// What answers leave of N under a log.
    ///
    /// @param since earlier refusals say nothing
    private static PermitRange.Bounds logged(AnswerHistory history, Duration window, Kind kind, long since) {
        boolean all = kind == Kind.LOG_COUNTING_REFUSALS;
        long length = window.toNanos();
        PermitRange range = new PermitRange(history, length);
        int oldest = 0;
        int used = 0;
        for (int place = 0; place < history.size(); place++) {
            long arrival = history.arrival(place);
            while (oldest < place && history.arrival(oldest) <= arrival - length) {
                used -= all || history.accepted(oldest) ? 1 : 0;
                oldest++;
            }
            if (history.accepted(place) || arrival >= since) {
                range.saw(place, used, isEdged(history, place, oldest, length, used));
            }
            used += all || history.accepted(place) ? 1 : 0;
        }
        return range.bounds();
    }

    /// Whether a call may have left the count sooner or later than it is taken to have. Where few are counted it is
    /// looked
    /// at closely: a count of one is all there is to know of spacing.
    private static boolean isEdged(AnswerHistory history, int place, int oldest, long window, int used) {
        if (oldest == 0 || used > Tunables.FEW_COUNTED) {
            return oldest > 0;
        }
        long unsure = history.trip(place);
        return history.arrival(place) - history.arrival(oldest - 1) - window < unsure
                || (oldest < place && window - history.arrival(place) + history.arrival(oldest) < unsure);
    }

    private static Optional<Hypothesis> log(AnswerHistory history, Duration window, Kind kind) {
        return Optional.of(logged(history, window, kind, Long.MIN_VALUE))
                .filter(PermitRange.Bounds::consistent)
                .map(bounds -> of(kind, window, bounds));
    }

    private static Start start(AnswerHistory history, Duration window, Kind kind, long start) {
        long length = window.toNanos();
        boolean blended = kind == Kind.SLIDING_COUNTER;
        PermitRange range = new PermitRange(history, blended ? 2 * length : length);
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
            double passed = (arrival - began) / (double) length;
            range.saw(place, blended ? here + before * (1 - passed) : here, true);
            here += history.accepted(place) ? 1 : 0;
        }
        return new Start(start, range.bounds());
    }
}
