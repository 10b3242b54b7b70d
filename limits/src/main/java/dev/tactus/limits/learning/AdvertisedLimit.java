package dev.tactus.limits.learning;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The limit that headers state, where it is news. Not thread-safe.
final class AdvertisedLimit {
    private final List<Duration> windows;
    private Optional<Limit> last = Optional.empty();

    /// @param windows those that a limit stated without one may have, the shortest first
    AdvertisedLimit(List<Duration> windows) {
        this.windows = windows;
    }

    /// What an answer states for the first time: repeated with every answer, it must not undo what refusals have taught
    /// since.
    ///
    /// @param window the window in force, for a limit that is stated without one
    Optional<Limit> news(Feedback feedback, Duration window) {
        Optional<Limit> stated = feedback.ceiling()
                .or(() -> feedback.permits().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Limit(feedback.permits().getAsInt(), windowOf(feedback, window))));
        if (stated.isEmpty() || stated.equals(last)) {
            return Optional.empty();
        }
        last = stated;
        return stated;
    }

    /// A window can't be shorter than the time until it starts again.
    private Duration windowOf(Feedback feedback, Duration window) {
        Duration rest = feedback.resetIn().orElse(Duration.ZERO);
        return rest.compareTo(window) <= 0
                ? window
                : windows.stream()
                        .filter(longer -> longer.compareTo(rest) >= 0)
                        .findFirst()
                        .orElse(rest);
    }
}
