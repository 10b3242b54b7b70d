package dev.tactus.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunDaysTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:30:00Z");

    @Test
    void areExactlyThoseAskedFor() {
        assertThat(RunDays.range(day(30), day(30))).containsExactly(day(30));
        assertThat(RunDays.range(LocalDate.parse("2026-10-31"), LocalDate.parse("2026-11-02")))
                .hasSize(3);
        assertThatThrownBy(() -> RunDays.range(day(2), day(1))).hasMessageContaining("before the first");
    }

    @Test
    void areYesterdayWhereNothingWasFetchedBefore() {
        assertThat(RunDays.unsettled(NOW, List.of(), 3)).containsExactly(day(21));
    }

    @Test
    void areFetchedAgainUntilTheyAreFinal() {
        assertThat(RunDays.unsettled(NOW, List.of(day(17), day(18), day(19), day(20), day(21)), 3))
                .containsExactly(day(19), day(20), day(21));
    }

    @Test
    void leaveGapsAndTheFutureAlone() {
        assertThat(RunDays.unsettled(NOW, List.of(day(19), day(22), day(23)), 3))
                .containsExactly(day(19), day(21));
    }

    @Test
    void areFinalAtOnceWhereNothingSettles() {
        assertThat(RunDays.unsettled(NOW, List.of(day(20), day(21)), 0)).containsExactly(day(21));
        assertThat(RunDays.unsettled(NOW, List.of(day(20), day(21)), 1)).containsExactly(day(21));
        assertThatThrownBy(() -> RunDays.unsettled(NOW, List.of(), -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static LocalDate day(int ofNovember) {
        return LocalDate.of(2026, 11, ofNovember);
    }
}
