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
                        .flatMap(part -> number(part.strip(), reference).stream())
                        .max(Duration::compareTo))
                .map(RetryDelay::bounded);
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

    private static Duration bounded(Duration rest) {
        if (rest.isNegative()) {
            return Duration.ZERO;
        }
        return rest.compareTo(LONGEST) > 0 ? LONGEST : rest;
    }
}
