package dev.tactus.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    @Test
    void shortensAPauseByUpToATenthAtRandom() {
        RetrySchedule schedule = new RetrySchedule(List.of(Duration.ofSeconds(1), Duration.ofSeconds(100)));
        Random random = new Random(3);

        List<Long> millis = random.longs(1_000)
                .mapToObj(_ -> schedule.pause(2, random).orElseThrow().toMillis())
                .toList();

        assertThat(millis).allSatisfy(pause -> assertThat(pause).isBetween(90_000L, 100_000L));
        assertThat(millis.stream().distinct().count()).isGreaterThan(500);
        assertThat(schedule.pause(3, random)).isEmpty();
    }

    @Test
    void lastsThreeDays() {
        assertThat(RetrySchedule.THREE_DAYS.pauses().stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofDays(2), Duration.ofDays(3));
    }

    @Test
    void refusesAPauseOfNothing() {
        assertThatThrownBy(() -> new RetrySchedule(List.of(Duration.ZERO))).hasMessageContaining("positive");
    }
}
