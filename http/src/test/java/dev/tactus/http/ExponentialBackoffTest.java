package dev.tactus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExponentialBackoffTest {

    @Test
    void drawsEvenlyUpToABoundThatDoublesUntilTheCap() {
        ExponentialBackoff backoff =
                new ExponentialBackoff(Duration.ofMillis(500), Duration.ofSeconds(30), new Random(3));

        for (int retry = 1; retry <= 70; retry++) {
            double boundMs = Math.min(30_000, 500 * Math.pow(2, retry - 1));
            double sum = 0;
            double longest = 0;
            for (int i = 0; i < 2_000; i++) {
                double ms = backoff.pause(retry).toNanos() / 1e6;
                sum += ms;
                longest = Math.max(longest, ms);
            }
            assertThat(longest).isBetween(boundMs * 0.98, boundMs);
            assertThat(sum / 2_000).isBetween(boundMs * 0.45, boundMs * 0.55);
        }
    }
}
