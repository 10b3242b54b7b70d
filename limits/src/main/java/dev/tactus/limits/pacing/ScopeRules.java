package dev.tactus.limits.pacing;

import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.QuotaKind;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.leases.BucketRule;
import dev.tactus.limits.leases.CalendarRule;
import dev.tactus.limits.leases.CounterRule;
import dev.tactus.limits.leases.InFlightRule;
import dev.tactus.limits.leases.LogRule;
import dev.tactus.limits.leases.QuotaRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongFunction;

/// The limits of one scope whose way of counting is known, all kept at once.
///
/// They are exact, so that a refusal means that what was told is not so, or that somebody else uses it too: less is
/// used then, and more again with time. Nanoseconds. Not thread-safe.
final class ScopeRules {
    /// what a refusal leaves of the share that is used, as AIMD does; a tenth is always used
    private static final double LESS = 0.9;

    private static final double LEAST = 0.1;
    /// comes back in each five minutes without a refusal: one refusal costs twenty-five minutes
    private static final double BACK = 0.02;

    private static final long BACK_NANOS = Duration.ofMinutes(5).toNanos();
    /// one call too many closes such a server for minutes: a twentieth stays unused
    private static final double MARGIN_OF_PENALTY = 0.95;

    /// @param settled whether answers tell what a call takes of it
    private record Kept(QuotaRule rule, double most, boolean settled) {}

    private final List<Kept> kept = new ArrayList<>();
    private List<QuotaRule> learned = List.of();
    private final Deque<Long> lostUntil = new ArrayDeque<>();
    private final Optional<Duration> penalty;
    private final boolean inFlightOnly;
    private double share = 1;
    private long sharedAt;

    /// @param leave the share that is left to others
    ScopeRules(List<ScopedLimit> limits, List<InFlightLimit> inFlight, double leave, LongFunction<Instant> calendar) {
        for (ScopedLimit limit : limits) {
            double margin = limit.penalty().isPresent() ? MARGIN_OF_PENALTY : 1;
            kept.add(new Kept(rule(limit, calendar), margin * (1 - leave), limit.settled()));
        }
        inFlight.forEach(limit -> kept.add(new Kept(new InFlightRule(limit.calls()), 1 - leave, false)));
        inFlightOnly = limits.isEmpty() && !inFlight.isEmpty();
        penalty = limits.stream().flatMap(limit -> limit.penalty().stream()).max(Duration::compareTo);
        use(1);
    }

    private static QuotaRule rule(ScopedLimit limit, LongFunction<Instant> calendar) {
        return switch (limit.kind()) {
            case QuotaKind.Unstated unstated -> new CounterRule(limit.limit(), limit.cost());
            case QuotaKind.Counter counter -> new CounterRule(limit.limit(), limit.cost());
            case QuotaKind.Sliding sliding -> new LogRule(limit.limit(), limit.cost());
            case QuotaKind.Fixed fixed -> new LogRule(limit.limit(), limit.cost());
            case QuotaKind.FromFirst fromFirst -> new LogRule(limit.limit(), limit.cost());
            case QuotaKind.Calendar(ZoneId zone) -> new CalendarRule(limit.limit(), zone, limit.cost(), calendar);
            case QuotaKind.Bucket(int burst) -> new BucketRule(limit.limit(), burst, limit.cost());
            case QuotaKind.Spacing spacing -> new BucketRule(limit.limit(), 1, 1);
        };
    }

    private void use(double part) {
        share = part;
        kept.forEach(each -> each.rule().useShare(each.most() * part));
    }

    /// Whether nothing is limited but how many calls are under way: then all of them may be at once.
    boolean inFlightOnly() {
        return inFlightOnly;
    }

    /// How long the server shuts out whom it has refused once.
    Optional<Duration> penalty() {
        return penalty;
    }

    /// Ends lost calls whose margin is over.
    void advance(long now) {
        while (!lostUntil.isEmpty() && lostUntil.getFirst() <= now) {
            ended(lostUntil.removeFirst(), OptionalDouble.empty());
        }
        if (share < 1 && now - sharedAt >= BACK_NANOS) {
            sharedAt = now;
            use(Math.min(1, share + BACK));
        }
    }

    /// The first moment at which one more call keeps all of them; [PacedLimit#NEVER]: an answer has to come first.
    long earliest(long now) {
        long earliest = now;
        for (Kept each : kept) {
            earliest = Math.max(earliest, each.rule().earliest(now));
        }
        for (QuotaRule rule : learned) {
            earliest = Math.max(earliest, rule.earliest(now));
        }
        return earliest;
    }

    private List<QuotaRule> all() {
        List<QuotaRule> rules = new ArrayList<>();
        kept.forEach(each -> rules.add(each.rule()));
        rules.addAll(learned);
        return rules;
    }

    /// Keeps the rules that were found out, from now on, or none.
    ///
    /// @param flying calls under way, which a rule that is new does not know of
    void learn(List<QuotaRule> found, int flying) {
        if (learned.equals(found)) {
            return;
        }
        for (QuotaRule rule : found) {
            if (!learned.contains(rule) && rule.knowsOfNoneUnderWay()) {
                for (int call = 0; call < flying; call++) {
                    rule.sent();
                }
            }
        }
        learned = found;
    }

    boolean haveLearned() {
        return !learned.isEmpty();
    }

    void sent() {
        all().forEach(QuotaRule::sent);
    }

    /// @param cost what the answer told, which is of those limits that are settled by answers
    void ended(long at, OptionalDouble cost) {
        kept.forEach(each -> each.rule().ended(at, each.settled() ? cost : OptionalDouble.empty()));
        learned.forEach(rule -> rule.ended(at, OptionalDouble.empty()));
    }

    void lost(long until) {
        lostUntil.addLast(until);
    }

    void unused() {
        all().forEach(QuotaRule::unused);
    }

    void remember(long at) {
        all().forEach(rule -> rule.remember(at, OptionalDouble.empty()));
    }

    /// Whether one of them remembers calls that have ended.
    boolean remember() {
        return kept.stream().anyMatch(each -> each.rule().horizonNanos() > 0);
    }

    /// How many calls those had room for then that remember what has ended, at most so many.
    long room(long at, long most) {
        return kept.stream()
                .map(Kept::rule)
                .filter(rule -> rule.horizonNanos() > 0)
                .mapToLong(rule -> rule.room(at))
                .reduce(most, Math::min);
    }

    void refused(long now) {
        sharedAt = now;
        use(Math.max(LEAST, share * LESS));
    }

    double fullness(long now) {
        return all().stream().mapToDouble(rule -> rule.share(now)).max().orElse(0);
    }

    long horizonNanos() {
        return all().stream().mapToLong(QuotaRule::horizonNanos).max().orElse(0);
    }
}
