package dev.tactus.ingest.share;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.QuotaFeedback;
import dev.tactus.limits.pacing.Permit;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// The outcome of a permit as one line, on its way from the process that has called to the one that paces.
///
/// `lost`, `unused`, or what the answer said: verdict, wait, limit, permits, remainder, reset, cost, bucket, calls
/// under way and partition, with spaces between; what is absent is `-`. The partition comes last and may hold anything.
final class PermitOutcomeText {
    private static final String ABSENT = "-";
    private static final String LOST = "lost";
    private static final String UNUSED = "unused";
    private static final int PARTS = 10;

    private PermitOutcomeText() {}

    static String write(Permit.Outcome outcome) {
        return switch (outcome) {
            case Permit.Outcome.Lost() -> LOST;
            case Permit.Outcome.Unused() -> UNUSED;
            case Permit.Outcome.Answered(Feedback feedback) -> write(feedback);
        };
    }

    private static String write(Feedback said) {
        QuotaFeedback details = said.details();
        return String.join(
                " ",
                said.verdict().name(),
                text(said.retryAfter().map(PermitOutcomeText::nanos)),
                text(said.ceiling().map(PermitOutcomeText::limit)),
                text(said.permits()),
                text(said.remaining()),
                text(said.resetIn().map(PermitOutcomeText::nanos)),
                details.cost().isPresent() ? String.valueOf(details.cost().getAsDouble()) : ABSENT,
                text(details.bucket()
                        .map(bucket -> limit(bucket.refill())
                                + (bucket.burst().isPresent()
                                        ? "/" + bucket.burst().getAsInt()
                                        : ""))),
                text(details.inFlight()),
                text(details.partition()));
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws IllegalArgumentException if it is anything else
    static Permit.Outcome read(String line) {
        if (line.equals(LOST)) {
            return new Permit.Outcome.Lost();
        }
        if (line.equals(UNUSED)) {
            return new Permit.Outcome.Unused();
        }
        String[] parts = line.split(" ", PARTS);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("not the outcome of a permit: \"" + line + "\"");
        }
        return new Permit.Outcome.Answered(new Feedback(
                Feedback.Verdict.valueOf(parts[0]),
                present(parts[1]).map(PermitOutcomeText::duration),
                present(parts[2]).map(PermitOutcomeText::limit),
                number(parts[3]),
                number(parts[4]),
                present(parts[5]).map(PermitOutcomeText::duration),
                new QuotaFeedback(
                        present(parts[6])
                                .map(Double::parseDouble)
                                .map(OptionalDouble::of)
                                .orElseGet(OptionalDouble::empty),
                        present(parts[7]).map(PermitOutcomeText::bucket),
                        number(parts[8]),
                        present(parts[9]))));
    }

    private static String nanos(Duration time) {
        return String.valueOf(time.compareTo(Duration.ofDays(3660)) > 0 ? Long.MAX_VALUE : time.toNanos());
    }

    private static Duration duration(String nanos) {
        return Duration.ofNanos(Long.parseLong(nanos));
    }

    private static String limit(Limit limit) {
        return limit.permits() + "/" + limit.window().toMillis();
    }

    private static Limit limit(String text) {
        String[] parts = text.split("/", -1);
        return new Limit(Integer.parseInt(parts[0]), Duration.ofMillis(Long.parseLong(parts[1])));
    }

    private static QuotaFeedback.BucketRate bucket(String text) {
        String[] parts = text.split("/", -1);
        return new QuotaFeedback.BucketRate(
                limit(text), parts.length > 2 ? OptionalInt.of(Integer.parseInt(parts[2])) : OptionalInt.empty());
    }

    private static String text(Optional<String> value) {
        return value.orElse(ABSENT);
    }

    private static String text(OptionalInt value) {
        return value.isPresent() ? String.valueOf(value.getAsInt()) : ABSENT;
    }

    private static Optional<String> present(String text) {
        return Optional.of(text).filter(value -> !value.equals(ABSENT));
    }

    private static OptionalInt number(String text) {
        return text.equals(ABSENT) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }
}
