package dev.tactus.music.drift;

import dev.tactus.music.Severity;
import java.time.Duration;
import java.util.Optional;

/// How far two durations of one recording may be apart.
///
/// Services round: some give whole seconds, others milliseconds. And among real tracks that share an ISRC one in ten
/// differs by more
/// than two seconds, because each release has its own silence at the end.
final class DurationTolerance {
    private static final Duration TOLERATED = Duration.ofSeconds(2);
    private static final Duration DOUBTFUL = Duration.ofSeconds(5);

    private DurationTolerance() {}

    /// @param precision the coarser one of the two: one second where a service gives whole seconds
    static Optional<Severity> judge(long expectedMs, long foundMs, Duration precision) {
        Duration apart = Duration.ofMillis(Math.absExact(Math.subtractExact(expectedMs, foundMs)));
        if (apart.compareTo(TOLERATED.plus(precision)) <= 0) {
            return Optional.empty();
        }
        return Optional.of(apart.compareTo(DOUBTFUL.plus(precision)) <= 0 ? Severity.WARNING : Severity.CRITICAL);
    }
}
