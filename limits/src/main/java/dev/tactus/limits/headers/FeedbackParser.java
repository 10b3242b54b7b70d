package dev.tactus.limits.headers;

import dev.tactus.limits.Feedback;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what an HTTP answer says about limits, in every dialect seen in the wild.
///
/// Read are `Retry-After` (seconds or a date, RFC 9110), the structured `RateLimit` and `RateLimit-Policy` (IETF draft
/// ratelimit-headers, with the forms of its older drafts), `RateLimit-Limit/-Remaining/-Reset`, and
/// `X-RateLimit-Limit/-Remaining/-Reset/-Reset-In`, also spelt `X-Rate-Limit-…`, and what single vendors send
/// ([VendorFields]): what is used in place of what remains, percents, windows and intervals, buckets, costs, durations
/// such as `6m0s`. Counters of everybody's calls (`X-RateLimit-Zone: global`) and of tokens are no counters of calls. A
/// time of 10⁹ or more is a moment in
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

    private static final String UNHEARD_OF = "X-No-Such-Header";
    private static final Set<Integer> REFUSED_WITH_A_WAIT = Set.of(400, 402, 403, 418, 420);

    /// Reads an answer.
    ///
    /// | status | verdict |
    /// | --- | --- |
    /// | 429, 529 | refused |
    /// | 503 with a readable Retry-After | refused |
    /// | 400, 402, 403, 418, 420 with a positive one; 403 where nothing remains | refused |
    /// | 503 otherwise | doubtful |
    /// | 401, 403, 408 and 5xx otherwise | silent |
    /// | all others | accepted |
    ///
    /// @param header looks a header up by name, whatever its case; several lines of one name joined by commas; null
    /// where there is none
    /// @throws IllegalArgumentException if every name gets an answer
    public Feedback parse(int status, Function<String, @Nullable String> header, Instant now) {
        return read(verdict(status, header, now), header, now);
    }

    /// Reads an answer whose headers are a map, such as `HttpHeaders.map()` of the JDK's client.
    public Feedback parse(int status, Map<String, List<String>> headers, Instant now) {
        return parse(status, joined(headers), now);
    }

    /// Reads an answer that is known to be a refusal, whatever its status (an error told inside HTTP 200).
    public Feedback parseRefusal(Function<String, @Nullable String> header, Instant now) {
        return read(Feedback.Verdict.REFUSED, header, now);
    }

    private static Function<String, @Nullable String> joined(Map<String, List<String>> headers) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> byName.put(name, String.join(", ", values)));
        return byName::get;
    }

    private static Feedback.Verdict verdict(int status, Function<String, @Nullable String> header, Instant now) {
        Optional<Duration> wait = RetryDelay.read(header.apply("Retry-After"), now);
        boolean waits = wait.filter(Duration::isPositive).isPresent();
        if (status == 429
                || status == 529
                || (status == 503 && wait.isPresent())
                || (REFUSED_WITH_A_WAIT.contains(status) && waits)
                || (status == 403 && fields(header, now).remaining().orElse(1) == 0)) {
            return Feedback.Verdict.REFUSED;
        }
        if (status == 503) {
            return Feedback.Verdict.DOUBTFUL;
        }
        boolean silent = status == 401 || status == 403 || status == 408 || status >= 500;
        return silent ? Feedback.Verdict.SILENT : Feedback.Verdict.ACCEPTED;
    }

    private static QuotaFields fields(Function<String, @Nullable String> header, Instant reference) {
        Instant server =
                RetryDelay.moment(header.apply("X-RateLimit-CurrentTime")).orElse(reference);
        VendorFields vendor = new VendorFields(header, server);
        QuotaFields all = QuotaFields.structured(header.apply("RateLimit-Policy"), header.apply("RateLimit"))
                .or(QuotaFields.structured(header.apply("Beta-RateLimit-Policy"), header.apply("Beta-RateLimit")))
                .or(vendor.windowed())
                .or(QuotaFields.triple(header, "RateLimit-", server))
                .or(QuotaFields.triple(header, "X-RateLimit-", server))
                .or(QuotaFields.triple(header, "X-Rate-Limit-", server))
                .or(vendor.all());
        return vendor.areOfOthers() || vendor.countsTokens() ? all.detailsOnly() : all;
    }

    private static Feedback read(Feedback.Verdict verdict, Function<String, @Nullable String> header, Instant now) {
        if (header.apply(UNHEARD_OF) != null) {
            throw new IllegalArgumentException("the look-up of headers has an answer for every name, such as "
                    + UNHEARD_OF + "; it must answer null where there is no such header");
        }
        boolean refused = verdict == Feedback.Verdict.REFUSED;
        Instant reference = HttpDate.parse(header.apply("Date")).orElse(now);
        QuotaFields fields = fields(header, reference);
        Optional<Duration> retryAfter = refused
                ? RetryDelay.read(header.apply("Retry-After"), reference)
                        .filter(Duration::isPositive)
                        .or(() -> fields.resetIn().filter(Duration::isPositive))
                : Optional.empty();
        OptionalInt remaining = fields.remaining();
        if (refused || remaining.orElse(0) > fields.permits().orElse(Integer.MAX_VALUE)) {
            remaining = OptionalInt.empty();
        }
        return new Feedback(
                verdict, retryAfter, fields.ceiling(), fields.permits(), remaining, fields.resetIn(), fields.details());
    }
}
