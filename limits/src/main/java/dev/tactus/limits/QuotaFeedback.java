package dev.tactus.limits;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What only some dialects tell of a quota beside permits, remainder and reset.
///
/// @param cost what this call took of the quota
/// @param bucket a token bucket's refill and size
/// @param inFlight how many calls may be under way at once
/// @param partition whose quota it is: a partition key of the IETF draft, a bucket of Discord's
public record QuotaFeedback(
        OptionalDouble cost, Optional<BucketRate> bucket, OptionalInt inFlight, Optional<String> partition) {
    /// Nothing was told.
    public static final QuotaFeedback NONE =
            new QuotaFeedback(OptionalDouble.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());

    QuotaFeedback withCost(double told) {
        return new QuotaFeedback(OptionalDouble.of(told), bucket, inFlight, partition);
    }

    /// A token bucket as an answer told it.
    ///
    /// @param refill tokens and the time they take to come
    /// @param burst the most it holds; absent where only the rate was told
    public record BucketRate(Limit refill, OptionalInt burst) {}
}
