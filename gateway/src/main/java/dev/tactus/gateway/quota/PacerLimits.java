package dev.tactus.gateway.quota;

import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The limits of a configuration as a pacer takes them: what the upstream must never see more than.
///
/// A pacer counts calls by path, so it can't take every limit that can be enforced; [#check] refuses the others. What
/// it takes it keeps in every window, wherever that starts, so that windows that the upstream aligns in some way of its
/// own are kept, too. A bucket becomes its burst in the time it takes to fill up.
public final class PacerLimits {
    private PacerLimits() {}

    /// Refuses a limit that calls can't be paced by.
    ///
    /// @throws IllegalArgumentException with what would be right
    public static void check(LimitSettings limit) {
        String name = "limit " + limit.name() + ": ";
        if (!limit.match().methods().isEmpty()) {
            throw new IllegalArgumentException(
                    name + "in pace mode a limit holds for all methods of its path; remove methods");
        }
        if (limit.match().path().contains("*")) {
            throw new IllegalArgumentException(name + "in pace mode a path is a prefix such as /v1/search, without *");
        }
        if (limit.cost() != 1 || !limit.costs().isEmpty()) {
            throw new IllegalArgumentException(name + "in pace mode every request costs 1; remove cost and costs");
        }
    }

    /// Those that hold for all callers together.
    public static List<ScopedLimit> shared(List<LimitSettings> limits) {
        return limits.stream()
                .filter(limit -> !limit.perApplication() && !limit.shadow())
                .map(PacerLimits::scoped)
                .toList();
    }

    /// Those that hold for each application.
    public static List<ScopedLimit> own(List<LimitSettings> limits) {
        return limits.stream()
                .filter(limit -> limit.perApplication() && !limit.shadow())
                .map(PacerLimits::scoped)
                .toList();
    }

    private static ScopedLimit scoped(LimitSettings limit) {
        String path = limit.match().path();
        return new ScopedLimit(path.equals("/") ? ScopedLimit.TOKEN : path, paced(limit));
    }

    private static Limit paced(LimitSettings limit) {
        return switch (limit.kind()) {
            case SLIDING, FIXED, FIXED_FROM_FIRST -> new Limit(limit.permits(), limit.window());
            case SPACING -> new Limit(1, atLeastAMillisecond(limit.window().dividedBy(limit.permits())));
            case BUCKET ->
                new Limit(
                        limit.burst(),
                        atLeastAMillisecond(
                                limit.window().multipliedBy(limit.burst()).dividedBy(limit.permits())));
        };
    }

    private static Duration atLeastAMillisecond(Duration window) {
        return Optional.of(window).filter(one -> one.toMillis() >= 1).orElse(Duration.ofMillis(1));
    }
}
