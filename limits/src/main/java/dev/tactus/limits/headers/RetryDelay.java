package dev.tactus.limits.headers;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A time to stay away, read from a header: a distance in seconds, an epoch, or a date.
final class RetryDelay {
    /// More than any penalty that was ever seen (a day), less than anything that looks like a mistake.
    static final Duration LONGEST = Duration.ofDays(7);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(\\.\\d{1,9})?");
    private static final Pattern COMPOUND = Pattern.compile("(\\d{1,9}(\\.\\d{1,9})?(ms|d|h|m|s))+");
    private static final Pattern COMPOUND_PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|d|h|m|s)");
    private static final BigDecimal EPOCH_SECONDS = BigDecimal.valueOf(1_000_000_000L);
    private static final BigDecimal EPOCH_MILLIS = BigDecimal.valueOf(1_000_000_000_000L);

    private RetryDelay() {}

    /// The distance from `reference`, between zero and [#LONGEST]; empty if the text is no time. Of several
    /// numbers (a header that was sent twice) the longest.
    static Optional<Duration> read(@Nullable String text, Instant reference) {
        if (text == null) {
            return Optional.empty();
        }
        return HttpDate.parse(text)
                .map(date -> Duration.between(reference, date))
                .or(() -> Arrays.stream(text.split(","))
                        .flatMap(part -> number(part.strip(), reference).or(() -> compound(part.strip())).stream())
                        .max(Duration::compareTo))
                .map(RetryDelay::bounded);
    }

    /// A duration such as `6m0s`, `2m52.8s`, `547ms`, `600s`.
    static Optional<Duration> compound(String text) {
        if (!COMPOUND.matcher(text).matches()) {
            return Optional.empty();
        }
        double seconds = COMPOUND_PART
                .matcher(text)
                .results()
                .mapToDouble(part -> Double.parseDouble(part.group(1))
                        * switch (part.group(2)) {
                            case "d" -> 86_400;
                            case "h" -> 3_600;
                            case "m" -> 60;
                            case "s" -> 1;
                            default -> 0.001;
                        })
                .sum();
        return Optional.of(bounded(Duration.ofNanos((long) (Math.min(seconds, 1e9) * 1e9))));
    }

    private static Optional<Duration> number(String text, Instant reference) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(text);
        if (value.compareTo(EPOCH_SECONDS) < 0) {
            return Optional.of(Duration.ofNanos(value.movePointRight(9).longValue()));
        }
        boolean millis = value.compareTo(EPOCH_MILLIS) >= 0;
        return Optional.of(Duration.between(
                reference, Instant.ofEpochMilli((millis ? value : value.movePointRight(3)).longValue())));
    }

    /// A moment in epoch seconds or milliseconds, such as a server's own clock.
    static Optional<Instant> moment(@Nullable String text) {
        if (text == null || !NUMBER.matcher(text.strip()).matches()) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(text.strip());
        if (value.compareTo(EPOCH_SECONDS) < 0) {
            return Optional.empty();
        }
        boolean millis = value.compareTo(EPOCH_MILLIS) >= 0;
        return Optional.of(Instant.ofEpochMilli((millis ? value : value.movePointRight(3)).longValue()));
    }

    private static Duration bounded(Duration rest) {
        if (rest.isNegative()) {
            return Duration.ZERO;
        }
        return rest.compareTo(LONGEST) > 0 ? LONGEST : rest;
    }
}
