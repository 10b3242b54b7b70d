package dev.tactus.limits.pacing;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopeState;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.learning.Ceiling;
import dev.tactus.limits.learning.RuleSearch;
import dev.tactus.limits.learning.ToldRemainder;
import dev.tactus.limits.leases.Leases;
import dev.tactus.limits.leases.PacedLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.LongFunction;

/// One thing a server counts by, the token or a path prefix: its ceiling, its leases, its pause. Not thread-safe.
final class Scope {
    private static final int STAMPS = 1 << 17;
    /// the shortest window that is looked for: one call in it may be spacing of any distance
    private static final Duration SPACED = Duration.ofSeconds(1);

    private static final int SEEKERS = 1;
    private static final int CALLS_PER_SEEKER = 384;

    private final String name;
    private final PacerSettings settings;
    private final LongFunction<Instant> calendar;
    private ScopeLimits limits;
    private ScopeRules rules;
    private Ceiling ceiling;
    private final Leases leases;
    private final Pause pause = new Pause();
    private final DoubtfulAnswers doubts = new DoubtfulAnswers();
    private final ToldRemainder told = new ToldRemainder();
    private RuleSearch search;
    private long granted;
    private long throttled;

    Scope(String name, ScopeLimits limits, PacerSettings settings, long now, LongFunction<Instant> calendar) {
        this.name = name;
        this.settings = settings;
        this.limits = limits;
        this.calendar = calendar;
        ceiling = new Ceiling(limits.plain(settings.leave()), limits.slowestOfKind(), settings, now);
        leases = new Leases(Math.max(STAMPS, limits.mostCalls()));
        rules = limits.rules(settings.leave(), calendar);
        search = new RuleSearch(ceiling.configured().stream().findFirst());
    }

    /// A scope of which nothing is known.
    Scope(String name, List<Limit> plain, PacerSettings settings, long now) {
        this(
                name,
                new ScopeLimits(
                        plain.stream()
                                .map(limit -> new ScopedLimit(name, limit))
                                .toList(),
                        List.of()),
                settings,
                now,
                Instant.EPOCH::plusNanos);
    }

    /// Other limits hold from now on; what was learned under the old ones is forgotten where they differ.
    void configure(ScopeLimits other, long now) {
        if (limits.equals(other)) {
            return;
        }
        limits = other;
        leases.makeRoomFor(other.mostCalls());
        ceiling = new Ceiling(other.plain(settings.leave()), other.slowestOfKind(), settings, now);
        rules = other.rules(settings.leave(), calendar);
        search = new RuleSearch(ceiling.configured().stream().findFirst());
        for (long ended : leases.ended().toArray()) {
            rules.remember(ended);
        }
        leases.lost().forEach(rules::lost);
        for (int flying = 0; flying < leases.inFlight(); flying++) {
            rules.sent();
        }
    }

    void advance(long now) {
        leases.advance(now, Math.max(ceiling.horizon().toNanos(), rules.horizonNanos()));
        rules.advance(now);
    }

    /// What is kept for a restart of what was found out.
    Optional<ScopeState.LearnedCeiling> learned(LongFunction<Instant> moments) {
        return rules.haveLearned() ? search.learned(moments) : ceiling.learned(moments);
    }

    /// Takes up the bucket that an earlier process had found.
    ///
    /// @param usedUntil when that process may have made its last call; calls before are taken up before
    void restoreRate(ScopeState.LearnedCeiling learned, long learnedAt, long usedUntil) {
        if (limits.slowestOfKind().isEmpty()) {
            search.restore(learned.limit(), learned.burst().orElseThrow(), learnedAt, usedUntil);
            rules.learn(search.rules(), leases.inFlight());
        }
    }

    /// Takes up how many calls an earlier process had found to be allowed under way.
    void restoreInFlight(int calls, long now) {
        if (limits.slowestOfKind().isEmpty()) {
            search.restore(calls, now);
            rules.learn(search.rules(), leases.inFlight());
        }
    }

    /// A call of an earlier process that ended then.
    void remember(long at) {
        leases.remember(at);
        rules.remember(at);
    }

    /// Whether it has limits whose kind is known: what is proven to allow a burst gets one.
    boolean mayBurst() {
        return rules.remember();
    }

    /// How many calls limits whose kind is known had room for then, at most so many.
    long room(long at, long most) {
        return rules.room(at, most);
    }

    /// The first moment at which this scope lets one more call go; [PacedLimit#NEVER]: after an answer.
    ///
    /// @param paced whether any scope of the call has a ceiling; if none has, few go at a time, so that the first
    /// refusal comes to few
    long earliest(boolean paced, long now) {
        boolean alone = pause.halfOpen() && leases.inFlight() > 0;
        boolean crowded = !paced
                && !rules.inFlightOnly()
                && !rules.haveLearned()
                && leases.inFlight() >= SEEKERS + leases.accepted().size() / CALLS_PER_SEEKER;
        long ruled = rules.earliest(now);
        long windowed = rules.haveLearned() ? now : leases.earliest(ceiling.limits(), now);
        long earliest = Math.max(windowed, ruled == PacedLimit.NEVER ? leases.nextEnd() : ruled);
        return Math.max(Math.max(earliest, pause.until()), alone || crowded ? leases.nextEnd() : Long.MIN_VALUE);
    }

    void sent(long now) {
        granted++;
        leases.sent();
        rules.sent();
        ceiling.limits().forEach(limit -> limit.granted(now));
    }

    void accepted(long sentAt, long now, OptionalDouble cost) {
        doubts.accepted();
        boolean recovered = pause.accepted(sentAt);
        if (recovered) {
            ceiling.limits().forEach(limit -> limit.spend(now));
        }
        int flying = leases.inFlight();
        leases.answered(now, true);
        rules.ended(now, cost);
        rules.accepted(now);
        if (rules.haveLearned()) {
            listen(now, () -> search.accepted(sentAt, now, flying, recovered));
            return;
        }
        ceiling.accepted(sentAt, now, leases.accepted(), recovered);
        // Where refusals are reckoned with they explain nothing.
        if (limits.slowestOfKind().isEmpty() && !ceiling.tolerates()) {
            listen(now, () -> search.accepted(sentAt, now, flying, recovered));
        }
        if (recovered && limits.limits().isEmpty() && !rules.haveLearned() && ceiling.isLearned()) {
            ceiling.inForce()
                    .filter(found -> found.permits() == 1 && found.window().compareTo(SPACED) <= 0)
                    .ifPresent(found -> listen(now, () -> search.seek(found, now)));
        }
    }

    /// What is found out about search takes the place of what windows explain, until it is refuted itself.
    private void listen(long now, Runnable answer) {
        boolean before = rules.haveLearned();
        answer.run();
        rules.learn(search.rules(), leases.inFlight());
        if (before && !rules.haveLearned()) {
            ceiling.forget(now);
        }
    }

    /// The answer says nothing of this scope, or nothing at all: the call may have counted, and proves nothing.
    void passedOver(long now) {
        leases.answered(now, false);
        rules.ended(now, OptionalDouble.empty());
    }

    void lost(long until) {
        leases.lost(until);
        rules.lost(until);
    }

    void unused() {
        leases.unused();
        rules.unused();
    }

    /// The call was refused because of this scope, or failed with the server.
    void doubted(long sentAt, long now) {
        if (doubts.doubtful(now)) {
            refused(sentAt, now, Feedback.refused());
            return;
        }
        passedOver(now);
        if (!pause.stale(sentAt)) {
            pause.doubted(now, doubts.restNanos());
        }
    }

    /// The call was refused because of this scope.
    void refused(long sentAt, long now, Feedback feedback) {
        throttled++;
        passedOver(now);
        Optional<Duration> wait = feedback.retryAfter().or(rules::penalty);
        boolean stale = pause.stale(sentAt);
        search.refused(sentAt, now, !stale && !pause.inARow());
        if (stale) {
            if (!rules.haveLearned()) {
                ceiling.refusedToo(sentAt, now);
            }
            pause.refusedToo(now, wait);
            return;
        }
        int inARow = pause.refusedAgain(now);
        if (inARow == 1) {
            rules.refused(now);
        }
        if (rules.haveLearned()) {
            pause.refused(now, wait, search.restNanos(inARow));
            return;
        }
        ceiling.refused(sentAt, now, inARow, leases.accepted());
        if (inARow == 1 && ceiling.tolerates() && feedback.retryAfter().isEmpty()) {
            pause.notedOnly(now);
        } else {
            pause.refused(now, wait, restNanos(inARow, now));
        }
    }

    private long restNanos(int inARow, long now) {
        return limits.slowestOfKind()
                .map(slowest -> limits.restNanos(slowest, pause.rowNanos(now), inARow))
                .orElseGet(() -> ceiling.restNanos(inARow, now));
    }

    /// The server said that nothing is left of this window.
    void exhausted(long now, long restNanos) {
        if (told.isBelieved(now + restNanos)) {
            pause.untilMore(now + Math.min(restNanos, ceiling.window().toNanos()));
        } else {
            pause.thereIsMore(now);
        }
    }

    /// Share of the ceiling that is used; 0 without one.
    double fullness(long now) {
        double ruled = rules.fullness(now);
        return limits.slowestOfKind().isPresent() || rules.haveLearned()
                ? ruled
                : ceiling.inForce()
                        .map(limit -> leases.used(now, limit.window().toNanos()) / (double) limit.permits())
                        .map(full -> Math.max(full, ruled))
                        .orElse(ruled);
    }

    int acceptedIn(long now) {
        return leases.accepted().countAfter(now - ceiling.window().toNanos());
    }

    /// The limit that is kept, the slowest of all; empty while nothing is known.
    Optional<Limit> inForce() {
        return rules.haveLearned() ? search.limit() : ceiling.inForce();
    }

    /// How many calls may be under way, where that was found out.
    OptionalInt inFlightHeld() {
        return search.inFlight();
    }

    boolean isLearned() {
        return rules.haveLearned() || ceiling.isLearned();
    }

    String name() {
        return name;
    }

    Ceiling ceiling() {
        return ceiling;
    }

    Leases leases() {
        return leases;
    }

    Pause pause() {
        return pause;
    }

    long granted() {
        return granted;
    }

    long throttled() {
        return throttled;
    }
}
