package dev.tactus.gateway.quota;

import dev.tactus.limits.QuotaKind;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// What is known of the way in which the upstream keeps a limit, for requests that are paced.
///
/// @param kind how it counts
/// @param penalty how long it refuses everything after one request too many
/// @param inFlight how many requests may be under way at once; then it is a limit of that, and of nothing else
/// @param learned whether the limit is not known and to be learned
/// @param answerCost where an answer tells what its request took of it; it takes the limit's cost where it does not
public record UpstreamQuota(
        QuotaKind kind,
        Optional<Duration> penalty,
        OptionalInt inFlight,
        boolean learned,
        Optional<AnswerCost> answerCost) {
    /// Nothing is known: the strictest way of counting is provided for.
    public static final UpstreamQuota UNKNOWN =
            new UpstreamQuota(new QuotaKind.Unstated(), Optional.empty(), OptionalInt.empty(), false, Optional.empty());
    /// Not even how many: it is learned.
    public static final UpstreamQuota LEARNED =
            new UpstreamQuota(new QuotaKind.Unstated(), Optional.empty(), OptionalInt.empty(), true, Optional.empty());

    /// Whether it counts requests in a window, as most do.
    boolean ofRequests() {
        return inFlight.isEmpty() && !learned;
    }
}
