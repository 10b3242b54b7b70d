package dev.tactus.limits.learning;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The limit that headers state, where it is news. Not thread-safe.
final class AdvertisedLimit {

    private final List<Duration> windows;
    private final ResetLattice lattice;
    private Optional<Limit> last = Optional.empty();
    private long resetAt = Long.MIN_VALUE;
    private long longestRest;
    private boolean began;

    /// @param windows those that a limit stated without one may have, the shortest first
    AdvertisedLimit(List<Duration> windows) {
        this.windows = windows;
        lattice = new ResetLattice(windows);
    }

    /// What an answer states for the first time: repeated with every answer, it must not undo what refusals have taught
    /// since.
    ///
    /// @param window the window in force, for a limit that is stated without one
    Optional<Limit> news(Feedback feedback, Duration window, long now) {
        feedback.resetIn().ifPresent(rest -> observe(now, rest.toNanos()));
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

    /// A window's first answer tells all of it: the longest time that is left is a window once one was seen to end
    /// with no longer a pause before the next than [Tunables#NEARLY_NANOS].
    private void observe(long now, long rest) {
        lattice.add(now, rest);
        longestRest = Math.max(longestRest, rest);
        began |= resetAt != Long.MIN_VALUE && resetAt <= now && now - resetAt < Tunables.NEARLY_NANOS;
        resetAt = resetAt == Long.MIN_VALUE || resetAt <= now ? now + rest : resetAt;
    }

    /// The usual one that is as long, within a tenth; else to the second.
    private Duration rounded(Duration seen) {
        return windows.stream()
                .filter(usual -> Math.abs(usual.toMillis() - seen.toMillis()) <= usual.toMillis() / 10)
                .findFirst()
                .orElse(Duration.ofSeconds(Math.max(1, Math.round(seen.toMillis() / 1000.0))));
    }

    /// A window can't be shorter than the time until it starts again.
    private Duration windowOf(Feedback feedback, Duration window) {
        Duration rest = feedback.resetIn().orElse(Duration.ZERO);
        if (began) {
            return rounded(Duration.ofNanos(longestRest));
        }
        Optional<Duration> told = lattice.window();
        return rest.compareTo(window) <= 0
                ? told.filter(shorter -> shorter.compareTo(rest) >= 0).orElse(window)
                : windows.stream()
                        .filter(longer -> longer.compareTo(rest) >= 0)
                        .findFirst()
                        .orElse(rest);
    }
}
