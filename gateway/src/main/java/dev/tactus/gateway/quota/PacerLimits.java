package dev.tactus.gateway.quota;

import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.ScopedLimit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The limits of a configuration as a pacer takes them: what the upstream must never see more than.
///
/// A pacer counts calls by path, so it can't take every limit that can be enforced; [#check] refuses the others. What
/// it takes it keeps in the way in which the upstream counts, or, where that is not known, in every way.
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
        if (limit.cost() < 1 || !limit.costs().isEmpty()) {
            throw new IllegalArgumentException(
                    name + "in pace mode every request of a path costs the same, and at least 1; remove costs");
        }
    }

    /// Those of requests in a window of which everybody, each application or each token has one.
    public static List<ScopedLimit> known(List<LimitSettings> limits, QuotaPartition partition) {
        return inForce(limits, partition)
                .filter(limit -> limit.upstream().ofRequests())
                .map(PacerLimits::scoped)
                .toList();
    }

    /// Those of requests under way.
    public static List<InFlightLimit> inFlight(List<LimitSettings> limits, QuotaPartition partition) {
        return inForce(limits, partition)
                .filter(limit -> limit.upstream().inFlight().isPresent())
                .map(limit -> new InFlightLimit(
                        scope(limit), limit.upstream().inFlight().getAsInt()))
                .toList();
    }

    /// The scopes whose limits are to be learned.
    public static List<String> learned(List<LimitSettings> limits, QuotaPartition partition) {
        return inForce(limits, partition)
                .filter(limit -> limit.upstream().learned())
                .map(PacerLimits::scope)
                .toList();
    }

    /// Where the answer to a request of this path tells what it took of the limits that are settled by that.
    public static Optional<AnswerCost> answerCost(List<LimitSettings> limits, String path) {
        return limits.stream()
                .filter(limit -> !limit.shadow() && ScopedLimit.covers(scope(limit), path))
                .flatMap(limit -> limit.upstream().answerCost().stream())
                .findFirst();
    }

    private static Stream<LimitSettings> inForce(List<LimitSettings> limits, QuotaPartition partition) {
        return limits.stream().filter(limit -> limit.partition() == partition && !limit.shadow());
    }

    private static ScopedLimit scoped(LimitSettings limit) {
        return new ScopedLimit(
                scope(limit),
                limit.limit(),
                limit.upstream().kind(),
                limit.cost(),
                limit.upstream().penalty(),
                limit.upstream().answerCost().isPresent());
    }

    private static String scope(LimitSettings limit) {
        String path = limit.match().path();
        return path.equals("/") ? ScopedLimit.TOKEN : path;
    }
}
