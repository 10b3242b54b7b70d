package dev.tactus.gateway.pace;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a caller waits for its turn.
///
/// @param lasts not longer than [#LONGEST]
/// @param preferred the seconds that the caller asked for with `Prefer: wait=N` (RFC 7240)
record WaitPreference(Duration lasts, Optional<Long> preferred) {
    /// Nobody waits longer, whatever it asks for.
    static final Duration LONGEST = Duration.ofHours(1);

    private static final Pattern WAIT = Pattern.compile(
            "(?:^|,)\\s*wait\\s*=\\s*(?:\"(\\d{1,9})\"|(\\d{1,9}))\\s*(?=[;,]|$)", Pattern.CASE_INSENSITIVE);

    /// Reads `Prefer`, of which there may be several; the first `wait` counts, what can't be read is passed over.
    static WaitPreference of(List<String> prefer, Duration otherwise) {
        for (String line : prefer) {
            Matcher matcher = WAIT.matcher(line);
            if (matcher.find()) {
                long seconds = Long.parseLong(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
                long granted = Math.min(seconds, LONGEST.toSeconds());
                return new WaitPreference(Duration.ofSeconds(granted), Optional.of(granted));
            }
        }
        return new WaitPreference(otherwise, Optional.empty());
    }
}
