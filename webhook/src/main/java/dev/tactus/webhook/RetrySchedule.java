package dev.tactus.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a failed message is sent again: a pause after each failed attempt, shortened by up to a tenth at random, so
/// that what failed together is not repeated together.
///
/// @param pauses after the first, second, … attempt; a message is abandoned when there is none left
public record RetrySchedule(List<Duration> pauses) {
    /// Three days, as Standard Webhooks proposes.
    public static final RetrySchedule THREE_DAYS = new RetrySchedule(List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(20)));

    public RetrySchedule {
        pauses = List.copyOf(pauses);
        if (!pauses.stream().allMatch(Duration::isPositive)) {
            throw new IllegalArgumentException("pauses must be positive: " + pauses);
        }
    }

    /// The pause before the next attempt; empty where there is none.
    ///
    /// @param failed attempts so far, at least 1
    Optional<Duration> pause(int failed, RandomGenerator random) {
        return failed > pauses.size()
                ? Optional.empty()
                : Optional.of(shortened(pauses.get(failed - 1), random.nextDouble()));
    }

    private static Duration shortened(Duration pause, double random) {
        return pause.minusNanos((long) (pause.toNanos() * random / 10));
    }
}
