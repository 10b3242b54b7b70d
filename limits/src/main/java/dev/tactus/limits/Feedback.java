package dev.tactus.limits;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// What one answer said about limits, in whatever dialect it said it.
///
/// @param verdict whether the call was refused for its rate
/// @param retryAfter how long to stay away; only on a refusal, always positive
/// @param ceiling the limit, where the answer told permits and window
/// @param permits the limit's permits, where the answer told them, even without a window
/// @param remaining calls left in the window
/// @param resetIn time until the window starts again, never negative
/// @param details what only some dialects tell
public record Feedback(
        Verdict verdict,
        Optional<Duration> retryAfter,
        Optional<Limit> ceiling,
        OptionalInt permits,
        OptionalInt remaining,
        Optional<Duration> resetIn,
        QuotaFeedback details) {

    /// What an answer means for the limits that its call was charged to.
    public enum Verdict {
        /// The call was served, or failed for what it asked: it counted.
        ACCEPTED,
        /// The call was refused for its rate.
        REFUSED,
        /// An overload or a refusal for the rate (a bare 503): what follows will tell.
        DOUBTFUL,
        /// Neither: the server failed (500), or never came to counting (401, 403). It may have counted.
        SILENT
    }

    public Feedback {
        if (retryAfter.isPresent() && !retryAfter.get().isPositive()) {
            throw new IllegalArgumentException("retryAfter must be positive, not " + retryAfter.get());
        }
        if (resetIn.isPresent() && resetIn.get().isNegative()) {
            throw new IllegalArgumentException("resetIn must not be negative: " + resetIn.get());
        }
    }

    private static final Feedback ACCEPTED = plain(Verdict.ACCEPTED, Optional.empty());
    private static final Feedback DOUBTFUL = plain(Verdict.DOUBTFUL, Optional.empty());
    private static final Feedback SILENT = plain(Verdict.SILENT, Optional.empty());

    private static Feedback plain(Verdict verdict, Optional<Duration> retryAfter) {
        return new Feedback(
                verdict,
                retryAfter,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                QuotaFeedback.NONE);
    }

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
        return plain(Verdict.REFUSED, retryAfter.filter(Duration::isPositive));
    }

    /// The server was too busy, or refused the call for its rate: nobody knows yet.
    public static Feedback doubtful() {
        return DOUBTFUL;
    }

    /// The answer says nothing about limits, not even that the call was within them.
    public static Feedback silent() {
        return SILENT;
    }

    /// The same with what the call has cost.
    public Feedback withCost(double cost) {
        return new Feedback(verdict, retryAfter, ceiling, permits, remaining, resetIn, details.withCost(cost));
    }

    /// Whether the call was certainly refused for its rate.
    public boolean throttled() {
        return verdict == Verdict.REFUSED;
    }
}
