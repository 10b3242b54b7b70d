package dev.tactus.limits.headers;

import dev.tactus.limits.Feedback;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what an HTTP answer says about limits, in every dialect seen in the wild.
///
/// Read are `Retry-After` (seconds or a date, RFC 9110), the structured `RateLimit` and `RateLimit-Policy` (IETF draft
/// ratelimit-headers, with the forms of its older drafts), `RateLimit-Limit/-Remaining/-Reset`, and
/// `X-RateLimit-Limit/-Remaining/-Reset/-Reset-In`, also spelt `X-Rate-Limit-…`. A time of 10⁹ or more is a moment in
/// epoch seconds (of 10¹² or more, milliseconds), anything less a distance in seconds. Moments are taken relative to
/// the answer's own `Date`, so that the two clocks need not agree. Distances are at most seven days. What cannot be
/// read is as if it were not there.
///
/// Where headers contradict one another:
///
/// 1. The status outranks the headers: a refusal is one, whatever `remaining` says.
/// 2. On a refusal a positive Retry-After outranks a reset; zero or a date gone by says nothing, and a positive reset
///    takes its place. On any other answer Retry-After is not read.
/// 3. Each number is taken from the first dialect that states it, in the order above; Reset-In before Reset.
/// 4. Of several policies the slowest is the ceiling; of several counters one that is used up, with the longest rest.
/// 5. More remaining than permitted is no number.
///
/// Pure and thread-safe.
public final class FeedbackParser {

    /// Reads an answer: 429, and 503 with a readable Retry-After, are refusals.
    ///
    /// @param header looks a header up by name, whatever its case; several lines of one name joined by commas
    public Feedback parse(int status, Function<String, @Nullable String> header, Instant now) {
        boolean refused = status == 429
                || (status == 503
                        && RetryDelay.read(header.apply("Retry-After"), now).isPresent());
        return read(refused, header, now);
    }

    /// Reads an answer that is known to be a refusal, whatever its status (an error told inside HTTP 200).
    public Feedback parseRefusal(Function<String, @Nullable String> header, Instant now) {
        return read(true, header, now);
    }

    private static Feedback read(boolean refused, Function<String, @Nullable String> header, Instant now) {
        Instant reference = HttpDate.parse(header.apply("Date")).orElse(now);
        QuotaFields fields = QuotaFields.structured(header.apply("RateLimit-Policy"), header.apply("RateLimit"))
                .or(QuotaFields.triple(header, "RateLimit-", reference))
                .or(QuotaFields.triple(header, "X-RateLimit-", reference))
                .or(QuotaFields.triple(header, "X-Rate-Limit-", reference));
        Optional<Duration> retryAfter = refused
                ? RetryDelay.read(header.apply("Retry-After"), reference)
                        .filter(Duration::isPositive)
                        .or(() -> fields.resetIn().filter(Duration::isPositive))
                : Optional.empty();
        OptionalInt remaining = fields.remaining();
        if (refused || remaining.orElse(0) > fields.permits().orElse(Integer.MAX_VALUE)) {
            remaining = OptionalInt.empty();
        }
        return new Feedback(refused, retryAfter, fields.ceiling(), fields.permits(), remaining, fields.resetIn());
    }
}
