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
import dev.tactus.limits.leases.SharedPart;
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
    /// part of a limit that may be used at once where it is shared: so all are refused alike
    private static final int EVEN = 8;

    /// one call too many closes such a server for minutes: a twentieth stays unused
    private static final double MARGIN_OF_PENALTY = 0.95;

    /// @param settled whether answers tell what a call takes of it
    /// @param onlyShared whether it is kept only while others are known to use the limit
    private record Kept(QuotaRule rule, double most, boolean settled, boolean onlyShared) {}

    private final List<Kept> kept = new ArrayList<>();
    private List<QuotaRule> learned = List.of();
    private final Deque<Long> lostUntil = new ArrayDeque<>();
    private final Optional<Duration> penalty;
    private final boolean inFlightOnly;
    private final SharedPart part;

    /// @param leave the share that is left to others
    ScopeRules(List<ScopedLimit> limits, List<InFlightLimit> inFlight, double leave, LongFunction<Instant> calendar) {
        for (ScopedLimit limit : limits) {
            double margin = limit.penalty().isPresent() ? MARGIN_OF_PENALTY : 1;
            double most = margin * (1 - leave);
            QuotaRule rule = rule(limit, calendar);
            kept.add(new Kept(rule, most, limit.settled(), false));
            if (!(rule instanceof BucketRule)) {
                // A part of less than a call in a window is a call in several, and the parts of many are not used at
                // once.
                int burst = Math.max(limit.cost(), limit.limit().permits() / EVEN);
                BucketRule even = new BucketRule(limit.limit(), burst, limit.cost());
                kept.add(new Kept(even, most, limit.settled(), true));
            }
        }
        inFlight.forEach(limit -> kept.add(new Kept(new InFlightRule(limit.calls()), 1 - leave, false, false)));
        inFlightOnly = limits.isEmpty() && !inFlight.isEmpty();
        penalty = limits.stream().flatMap(limit -> limit.penalty().stream()).max(Duration::compareTo);
        part = new SharedPart(
                limits.stream().mapToLong(ScopeRules::atOnce).min().orElse(Long.MAX_VALUE));
        useParts(0);
    }

    private static long atOnce(ScopedLimit limit) {
        long size = switch (limit.kind()) {
            case QuotaKind.Bucket(int burst) -> burst;
            case QuotaKind.Spacing spacing -> 1;
            default -> limit.limit().permits();
        };
        return size / limit.cost();
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

    private void useParts(long now) {
        kept.forEach(each -> each.rule().useShare(each.most() * part.value(), now));
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
    }

    /// The first moment at which one more call keeps all of them; [PacedLimit#NEVER]: an answer has to come first.
    long earliest(long now) {
        long earliest = now;
        for (Kept each : kept) {
            if (!each.onlyShared() || !part.isWhole()) {
                earliest = Math.max(earliest, each.rule().earliest(now));
            }
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
                .filter(each -> !each.onlyShared())
                .map(Kept::rule)
                .filter(rule -> rule.horizonNanos() > 0)
                .mapToLong(rule -> rule.room(at))
                .reduce(most, Math::min);
    }

    void refused(long now) {
        part.refused();
        useParts(now);
    }

    void accepted(long now) {
        if (!part.isWhole()) {
            part.accepted();
            useParts(now);
        }
    }

    double fullness(long now) {
        return all().stream()
                .filter(rule -> !isAside(rule))
                .mapToDouble(rule -> rule.share(now))
                .max()
                .orElse(0);
    }

    private boolean isAside(QuotaRule rule) {
        return kept.stream().anyMatch(each -> each.onlyShared() && each.rule() == rule);
    }

    long horizonNanos() {
        return all().stream().mapToLong(QuotaRule::horizonNanos).max().orElse(0);
    }
}
