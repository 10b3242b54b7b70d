package dev.tactus.limits;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A promise: at most `permits` calls in any window of length `window`, wherever the window starts.
///
/// @param permits calls, at least 1
/// @param window length of the window, from one millisecond to 366 days
public record Limit(int permits, Duration window) {
    private static final Pattern TEXT = Pattern.compile("\\s*(\\d{1,9})\\s*/\\s*(\\d{1,9})?(ms|s|m|h|d)\\s*");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    public Limit {
        if (permits < 1) {
            throw new IllegalArgumentException("a limit needs at least 1 permit, not " + permits);
        }
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a limit's window lies between 1ms and 366d, not " + window);
        }
    }

    /// Reads `180/60s`, `50/5s`, `100/d`, `10/500ms`.
    ///
    /// @throws IllegalArgumentException if the text is anything else; the message says what would be right
    public static Limit parse(String text) {
        Matcher match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a limit; write permits/window, for example 180/60s");
        }
        long amount = match.group(2) == null ? 1 : Long.parseLong(match.group(2));
        Duration window = switch (match.group(3)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
        return new Limit(Integer.parseInt(match.group(1)), window);
    }

    /// This limit with another number of permits.
    public Limit withPermits(int other) {
        return new Limit(other, window);
    }

    /// Permits a nanosecond: what two limits are compared by.
    public double rate() {
        return permits / (double) window.toNanos();
    }

    /// The form that [#parse] reads.
    @Override
    public String toString() {
        return window.toMillis() % 1000 == 0
                ? permits + "/" + window.toSeconds() + "s"
                : permits + "/" + window.toMillis() + "ms";
    }
}
