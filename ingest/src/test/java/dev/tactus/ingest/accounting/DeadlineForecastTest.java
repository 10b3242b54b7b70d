package dev.tactus.ingest.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ingest.accounting.DeadlineForecast.News;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadlineForecastTest {
    private static final Instant DEADLINE = Instant.parse("2026-11-22T06:00:00Z");
    private static final Instant NIGHT = DEADLINE.minus(Duration.ofHours(4));

    private final DeadlineForecast forecast = new DeadlineForecast(DEADLINE);

    @Test
    void aRunThatIsSteadilyTooSlowIsAtRiskHoursAheadAndToldOnce() {
        assertThat(at(0, hours(5))).isEqualTo(News.NONE);
        assertThat(at(4, hours(5))).isEqualTo(News.NONE);
        assertThat(at(5, hours(5))).isEqualTo(News.AT_RISK);
        assertThat(at(60, hours(5))).isEqualTo(News.NONE);
        assertThat(at(239, hours(5))).isEqualTo(News.NONE);
    }

    @Test
    void aRunThatIsInTimeNowAndThenIsNot() {
        for (int minute = 0; minute < 180; minute += 4) {
            assertThat(at(minute, minute % 8 == 0 ? hours(5) : Duration.ofMinutes(1)))
                    .isEqualTo(News.NONE);
        }
    }

    @Test
    void whatCannotBeToldIsNoRisk() {
        assertThat(forecast.at(NIGHT, Optional.of(hours(5)))).isEqualTo(News.NONE);
        assertThat(forecast.at(NIGHT.plus(Duration.ofMinutes(5)), Optional.empty()))
                .isEqualTo(News.NONE);
        assertThat(at(9, hours(5))).as("it begins anew").isEqualTo(News.NONE);
        assertThat(at(14, hours(5))).isEqualTo(News.AT_RISK);
    }

    @Test
    void toBeOverAtTheDeadlineIsInTime() {
        assertThat(at(0, hours(4))).isEqualTo(News.NONE);
        assertThat(at(10, hours(4).minus(Duration.ofMinutes(10)))).isEqualTo(News.NONE);
        assertThat(at(240, Duration.ZERO)).isEqualTo(News.NONE);
    }

    @Test
    void inTheLastHourAMinuteIsEnough() {
        assertThat(at(181, hours(2))).isEqualTo(News.NONE);
        assertThat(at(182, hours(2))).isEqualTo(News.AT_RISK);
    }

    @Test
    void whatIsMissedIsToldOnceWhetherItWasForetoldOrNot() {
        assertThat(at(0, hours(5))).isEqualTo(News.NONE);
        assertThat(at(5, hours(5))).isEqualTo(News.AT_RISK);
        assertThat(at(241, hours(1))).isEqualTo(News.MISSED);
        assertThat(at(242, hours(1))).isEqualTo(News.NONE);
        assertThat(new DeadlineForecast(DEADLINE).at(DEADLINE.plusMillis(1), Optional.empty()))
                .isEqualTo(News.MISSED);
    }

    private News at(int minute, Duration remaining) {
        return forecast.at(NIGHT.plus(Duration.ofMinutes(minute)), Optional.of(remaining));
    }

    private static Duration hours(int hours) {
        return Duration.ofHours(hours);
    }
}
