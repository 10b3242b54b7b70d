package dev.tactus.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a scope holds for its limits: those configured or told, and the one that is learned.
///
/// A configured limit is the most that is ever used, and is undercut while a server refuses it. Where nothing is
/// configured, headers are believed, and refusals teach. Not thread-safe.
final class Ceiling {
    static final List<Duration> WINDOWS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofDays(1));

    private static final double SATURATED = 0.8;
    private static final long PROOF_NANOS = Duration.ofMinutes(1).toNanos();
    private static final double PROOF_WINDOWS = 1.15;
    private static final int STEP_GROWTH = 5;
    private static final int MOST_DOUBTS = 3;
    private static final long OLD_NANOS = Duration.ofDays(1).toNanos();
    private static final int ALONE_REFUSALS = 5;
    private static final int ALONE_WINDOWS = 10;

    private final List<Limit> configured;
    private final List<PacedLimit> fixed = new ArrayList<>();
    private final List<Duration> windows;
    private final Duration usual;
    private final boolean windowKnown;
    private final boolean tolerant;
    private final int most;
    private final long bornAt;
    private final History history = new History();
    private Stage stage = new Stage.Seeking(0);
    private @Nullable PacedLimit paced;
    private final ToldLimit told = new ToldLimit(WINDOWS);
    private long changedAt;
    private long firstRefusal = PacedLimit.NEVER;
    private boolean surprise;
    private int restGaps;
    private int row;

    Ceiling(List<Limit> configured, PacerSettings settings, long now) {
        this.configured = List.copyOf(configured);
        usual = settings.assumedWindow();
        bornAt = now;
        changedAt = now;
        List<Limit> slowestFirst = configured.stream()
                .distinct()
                .sorted(Comparator.comparingDouble(Limit::rate))
                .toList();
        Optional<Limit> known = slowestFirst.stream().findFirst();
        most = known.map(Limit::permits).orElse(Integer.MAX_VALUE);
        windowKnown = known.isPresent() || settings.windowKnown();
        windows = windowKnown ? List.of(known.map(Limit::window).orElse(usual)) : WINDOWS;
        tolerant = known.isPresent() && settings.tolerated() > 0;
        known.map(limit -> tolerant
                        ? Stage.Sharing.tolerant(limit, settings.tolerated())
                        : Stage.Holding.found(limit, now))
                .ifPresent(first -> enter(first, now));
        slowestFirst.stream().skip(1).map(PacedLimit::new).forEach(fixed::add);
    }

    private void hold(Limit limit, long now) {
        enter(Stage.Holding.found(limit, now), now);
    }

    private void enter(Stage next, long now) {
        Optional<Limit> before = stage.limit();
        stage = next;
        if (next.limit().equals(before)) {
            return;
        }
        changedAt = now;
        PacedLimit old = paced;
        paced = next.limit()
                .map(limit -> old != null && old.limit().window().equals(limit.window())
                        ? old.withPermits(limit.permits())
                        : new PacedLimit(limit))
                .orElse(null);
    }

    /// Every limit in force. While a limit is being guessed only the pause holds calls back.
    List<PacedLimit> limits() {
        if (paced == null) {
            return fixed;
        }
        List<PacedLimit> all = new ArrayList<>(fixed);
        all.add(paced);
        return all;
    }

    List<Limit> configured() {
        return configured;
    }

    Optional<Limit> inForce() {
        return stage.limit();
    }

    boolean isKnown() {
        return most != Integer.MAX_VALUE;
    }

    /// Whether a refusal now and then is reckoned with.
    boolean tolerates() {
        return tolerant;
    }

    boolean isLearned() {
        return inForce().map(limit -> limit.permits() < most).orElse(false);
    }

    /// The window that counts are taken over.
    Duration window() {
        return inForce().map(Limit::window).orElse(usual);
    }

    /// How long stamps are kept.
    Duration horizon() {
        Duration longest = paced == null ? Duration.ofHours(1) : window();
        for (PacedLimit limit : limits()) {
            Duration horizon = Duration.ofNanos(limit.horizonNanos());
            longest = longest.compareTo(horizon) < 0 ? horizon : longest;
        }
        return longest;
    }

    /// An answer said yes.
    ///
    /// @param recovered whether it ends a row of refusals
    void accepted(long sentAt, long now, Stamps accepted, boolean recovered) {
        history.add(sentAt, now, true);
        if (recovered) {
            recovered(now, accepted);
            return;
        }
        PacedLimit limit = paced;
        if (limit == null) {
            return;
        }
        switch (stage) {
            case Stage.Seeking _ -> {}
            case Stage.Holding holding -> {
                if (holding.held().permits() < most && holding.probes().due(now) && saturated(limit, accepted, now)) {
                    enter(holding.raised(holding.firstStep(), most, now), now);
                }
            }
            case Stage.Trying trying -> {
                if (now - trying.since() >= Math.max(PROOF_NANOS, (long) (PROOF_WINDOWS * limit.windowNanos()))
                        && saturated(limit, accepted, now)) {
                    history.disregard();
                    Stage.Holding proven = trying.proven(now);
                    int step = Math.min(
                            trying.step() * STEP_GROWTH,
                            Math.max(1, trying.tried().permits() / 2));
                    enter(proven.held().permits() < most ? proven.raised(step, most, now) : proven, now);
                }
            }
            case Stage.Sharing sharing -> {
                if (saturated(limit, accepted, now)) {
                    enter(sharing.accepted(), now);
                }
            }
        }
    }

    private static boolean saturated(PacedLimit limit, Stamps accepted, long now) {
        return accepted.countAfter(now - limit.windowNanos()) >= SATURATED * limit.slots();
    }

    /// An answer said no.
    ///
    /// @param inARow how many did, without a yes between
    void refused(long sentAt, long now, Stamps accepted, int inARow) {
        history.add(sentAt, now, false);
        row = inARow;
        if (inARow == 1) {
            firstRefusal = now;
            surprise = false;
            restGaps = 3;
        }
        switch (stage) {
            case Stage.Seeking _ -> {
                if (windowKnown) {
                    explain(now);
                }
            }
            case Stage.Holding holding -> {
                if (inARow == 1) {
                    surprise = !tooYoung(now);
                }
            }
            case Stage.Trying trying -> {
                if (sentAt >= trying.since()) {
                    restGaps =
                            2 + trying.tried().permits() - trying.safe().held().permits();
                    int permits = Explanation.of(history, trying.tried().window())
                            .filter(found -> found.kind() == Explanation.Kind.LOG && found.sharp())
                            .map(found -> found.limit().permits())
                            .filter(_ -> !Stage.near(
                                    trying.safe().held().permits(),
                                    trying.tried().permits()))
                            .orElse(0);
                    enter(trying.failed(permits, now), now);
                } else {
                    surprise = true;
                    enter(trying.safe(), now);
                }
            }
            case Stage.Sharing sharing -> enter(sharing.refused(), now);
        }
    }

    /// Windows that explain the refusals equally well are told apart by the next ones, for which a few are given.
    private void sought(Stage.Seeking seeking, long now) {
        List<Explanation> all = Explanation.all(history, windows);
        if (all.isEmpty()) {
            history.disregard();
        } else if (Explanation.ambiguous(all) && seeking.doubts() < MOST_DOUBTS) {
            enter(new Stage.Seeking(seeking.doubts() + 1), now);
        } else {
            hold(Explanation.likeliest(all, usual).orElseThrow().limit(), now);
        }
    }

    private boolean tooYoung(long now) {
        return isKnown() && now - bornAt < 2 * window().toNanos();
    }

    private void explain(long now) {
        Explanation.likeliest(Explanation.all(history, windows), usual).ifPresent(found -> hold(found.limit(), now));
    }

    /// A row of refusals has come to its end.
    private void recovered(long now, Stamps accepted) {
        switch (stage) {
            case Stage.Seeking seeking -> sought(seeking, now);
            case Stage.Holding holding -> {
                if (surprise) {
                    surprised(holding, now, accepted);
                }
            }
            case Stage.Trying _ -> {}
            case Stage.Sharing sharing -> {
                long judged = ALONE_WINDOWS * sharing.around().window().toNanos();
                if (!tolerant && sharing.refusals() >= ALONE_REFUSALS && history.evidenceNanos(now) >= judged) {
                    Optional<Explanation> found =
                            Explanation.of(history, sharing.around().window());
                    history.disregard();
                    enter(
                            found.<Stage>map(alone -> sharing.alone(alone.limit(), now))
                                    .orElse(sharing.judged()),
                            now);
                }
            }
        }
    }

    /// The ceiling was refused although it had been held: it has moved, or was never right, or is shared.
    private void surprised(Stage.Holding holding, long now, Stamps accepted) {
        Limit held = holding.held();
        Optional<Explanation> found = Explanation.of(history, held.window());
        // A window under which a ceiling was once proven is not given up for what others disturb.
        if (found.isEmpty() && holding.best() == 0) {
            List<Explanation> others = Explanation.all(history, windows).stream()
                    .filter(each -> !each.blunt())
                    .toList();
            Optional<Explanation> other = Explanation.likeliest(others, held.window());
            if (other.isPresent()) {
                hold(other.get().limit(), now);
                return;
            }
        }
        Stage.Holding next = found.map(
                        each -> each.sharp() ? holding.eased(each.limit().permits(), now) : holding.easedALittle(now))
                .or(() -> row == 1 ? Optional.of(holding.easedALittle(now)) : Optional.empty())
                .orElseGet(() ->
                        holding.puzzled(accepted.countAfter(now - held.window().toNanos()), now));
        boolean shared = next.shared(now);
        if (found.isEmpty() || shared) {
            history.disregard();
        }
        enter(shared ? Stage.Sharing.of(next, most) : next, now);
    }

    /// How long to rest after that many refusals in a row when the server did not say.
    long restNanos(int inARow, long now) {
        PacedLimit limit = paced;
        if (limit == null) {
            return Rest.seeking(windows, usual, now - firstRefusal);
        }
        return stage instanceof Stage.Sharing
                ? Rest.sharing(limit, restGaps, inARow)
                : Rest.holding(limit, restGaps, inARow);
    }

    /// A header told the limit.
    void told(Feedback feedback, long now) {
        if (!isKnown()) {
            told.news(feedback, window()).ifPresent(limit -> hold(limit, now));
        }
    }

    /// What was learned turned out to be another scope's limit.
    void forget(long now) {
        if (!isKnown()) {
            enter(new Stage.Seeking(0), now);
            history.disregard();
        }
    }

    /// What was learned long ago is tried anew soon: limits move in a day.
    ///
    /// @param learnedAt when it last changed, on the scale of `now`
    void restore(ScopeState.LearnedCeiling saved, long learnedAt, long now) {
        boolean fits = configured.isEmpty()
                || (windows.contains(saved.limit().window()) && saved.limit().permits() < most);
        if (fits) {
            Limit limit = saved.limit();
            Probes probes = now - learnedAt > OLD_NANOS
                    ? Probes.first(limit.window().toNanos(), now)
                    : new Probes(saved.probeEvery().toNanos(), now).again(now);
            enter(new Stage.Holding(limit, limit.permits(), Integer.MAX_VALUE, probes, List.of()), now);
            changedAt = learnedAt;
        }
    }

    /// The limit that paces, the slowest of all.
    Optional<PacedLimit> tightest() {
        return Optional.ofNullable(paced);
    }

    /// What is worth keeping for tomorrow.
    Optional<ScopeState.LearnedCeiling> learned(java.util.function.LongFunction<java.time.Instant> calendar) {
        if (!isLearned()) {
            return Optional.empty();
        }
        long every = switch (stage) {
            case Stage.Seeking _ -> 0;
            case Stage.Holding holding -> holding.probes().everyNanos();
            case Stage.Trying trying -> trying.safe().probes().everyNanos();
            case Stage.Sharing sharing -> sharing.around().window().toNanos();
        };
        return inForce()
                .map(limit -> new ScopeState.LearnedCeiling(limit, calendar.apply(changedAt), Duration.ofNanos(every)));
    }
}
