package dev.tactus.limits;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// What one answer said about limits, in whatever dialect it said it.
///
/// @param throttled whether the call was refused for its rate
/// @param retryAfter how long to stay away; only on a refusal, always positive
/// @param ceiling the limit, where the answer told permits and window
/// @param permits the limit's permits, where the answer told them, even without a window
/// @param remaining calls left in the window
/// @param resetIn time until the window starts again, never negative
public record Feedback(
        boolean throttled,
        Optional<Duration> retryAfter,
        Optional<Limit> ceiling,
        OptionalInt permits,
        OptionalInt remaining,
        Optional<Duration> resetIn) {

    public Feedback {
        if (retryAfter.isPresent() && !retryAfter.get().isPositive()) {
            throw new IllegalArgumentException("retryAfter must be positive, not " + retryAfter.get());
        }
        if (resetIn.isPresent() && resetIn.get().isNegative()) {
            throw new IllegalArgumentException("resetIn must not be negative: " + resetIn.get());
        }
    }

    private static final Feedback ACCEPTED = new Feedback(
            false, Optional.empty(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

    /// The call counted and nothing was said about limits.
    public static Feedback accepted() {
        return ACCEPTED;
    }

    /// The call was refused without a word on how long.
    public static Feedback refused() {
        return throttled(Optional.empty());
    }

    /// The call was refused. A wait of zero or less is no information and is dropped.
    public static Feedback throttled(Optional<Duration> retryAfter) {
        return new Feedback(
                true,
                retryAfter.filter(Duration::isPositive),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }
}
