package dev.tactus.serve.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRhythmTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /// 2026-03-29 has 23 hours in Berlin, 2026-10-25 has 25.
    @ParameterizedTest
    @CsvSource({
        "04:15, 2026-03-28T00:00:00Z, 2026-03-28T03:15:00Z",
        "04:15, 2026-03-28T12:00:00Z, 2026-03-29T02:15:00Z",
        "02:30, 2026-03-28T12:00:00Z, 2026-03-29T01:30:00Z",
        "02:30, 2026-03-29T01:30:00Z, 2026-03-30T00:30:00Z",
        "02:30, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z",
        "02:30, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        "04:15, 2026-10-24T12:00:00Z, 2026-10-25T03:15:00Z",
    })
    void aTimeOfDayIsRightInTheNightsWhenClocksAreSet(LocalTime at, Instant moment, Instant next) {
        JobRhythm timing = new JobRhythm.Daily(at, BERLIN, Optional.empty());

        assertThat(timing.after(moment)).isEqualTo(next);
        assertThat(timing.latest(next)).isEqualTo(next);
        assertThat(timing.latest(next.minusNanos(1))).isBefore(next);
    }

    @Test
    void aYearHasAsManyTimesAsDays() {
        JobRhythm timing = new JobRhythm.Daily(LocalTime.of(2, 30), BERLIN, Optional.empty());
        List<Instant> times = new ArrayList<>();
        for (Instant next = timing.after(Instant.parse("2025-12-31T23:00:00Z"));
                next.isBefore(Instant.parse("2026-12-31T23:00:00Z"));
                next = timing.after(next)) {
            times.add(next);
        }

        assertThat(times).hasSize(365).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aDayOfTheMonthComesOnceAMonth() {
        JobRhythm timing = new JobRhythm.Daily(LocalTime.of(5, 0), BERLIN, Optional.of(5));

        assertThat(timing.after(Instant.parse("2026-10-05T03:00:00Z"))).isEqualTo("2026-11-05T04:00:00Z");
        assertThat(timing.latest(Instant.parse("2026-11-05T03:59:59Z"))).isEqualTo("2026-10-05T03:00:00Z");
    }

    @Test
    void againAndAgainIsAPauseAfterTheLastStart() {
        Instant moment = Instant.parse("2026-10-05T03:00:00Z");

        assertThat(new JobRhythm.Every(Duration.ofMinutes(5)).after(moment)).isEqualTo("2026-10-05T03:05:00Z");
    }
}
