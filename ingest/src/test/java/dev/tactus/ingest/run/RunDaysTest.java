package dev.tactus.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.items.FetchedSlice;
import dev.tactus.music.Dataset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunDaysTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:30:00Z");
    private static final Set<Dataset> ALL = EnumSet.allOf(Dataset.class);

    @Test
    void areExactlyThoseAskedFor() {
        assertThat(RunDays.range(day(30), day(30))).containsExactly(day(30));
        assertThat(RunDays.range(LocalDate.parse("2026-10-31"), LocalDate.parse("2026-11-02")))
                .hasSize(3);
        assertThatThrownBy(() -> RunDays.range(day(2), day(1))).hasMessageContaining("before the first");
    }

    @Test
    void areYesterdayWhereNothingWasFetchedBefore() {
        assertThat(due(3, List.of())).containsExactly(day(21));
    }

    @Test
    void areFetchedAgainUntilTheyAreFinal() {
        List<FetchedSlice> nightly = new ArrayList<>();
        for (int day = 15; day <= 20; day++) {
            for (int asked = day + 1; asked <= Math.min(day + 3, 21); asked++) {
                nightly.addAll(fetched(day, asked));
            }
        }

        assertThat(due(3, nightly))
                .as("18 was asked for on 21, three days after")
                .containsExactly(day(19), day(20), day(21));
        assertThat(due(1, nightly)).containsExactly(day(21));
        assertThat(due(0, nightly)).containsExactly(day(21));
    }

    @Test
    void includeEachNightOnWhichNoRunCameAbout() {
        List<FetchedSlice> twoNights = new ArrayList<>(fetched(15, 16));
        twoNights.addAll(fetched(18, 19));

        assertThat(due(0, twoNights)).containsExactly(day(16), day(17), day(19), day(20), day(21));
    }

    @Test
    void areNotFinalWhereADatasetIsMissing() {
        List<FetchedSlice> streams = List.of(new FetchedSlice(Dataset.STREAMS, day(19), at(20)));

        assertThat(due(0, streams)).containsExactly(day(19), day(20), day(21));
        assertThat(RunDays.due(SettleWindow.at(NOW, 0), streams, Set.of(Dataset.STREAMS)))
                .containsExactly(day(20), day(21));
    }

    @Test
    void ofASecondRunOnTheSameDateAreThoseOfTheFirst() {
        List<FetchedSlice> nightly = new ArrayList<>();
        nightly.addAll(fetched(19, 22));
        nightly.addAll(fetched(20, 22));
        nightly.addAll(fetched(21, 22));

        assertThat(due(3, nightly)).containsExactly(day(19), day(20), day(21));
    }

    @Test
    void leaveOutWhatAnUnfinishedRunOfTodayHasPlanned() {
        SettleWindow window = SettleWindow.at(NOW, 3);
        List<LocalDate> days = List.of(day(20), day(21));
        Map<LocalDate, Set<Dataset>> planned =
                Map.of(day(20), Set.of(Dataset.STREAMS, Dataset.LISTENERS), day(21), ALL);

        assertThat(RunDays.without(days, window, ALL, NOW.minusSeconds(60), planned))
                .isEmpty();
        assertThat(RunDays.without(days, window, ALL, NOW.minusSeconds(3600), planned))
                .as("it began yesterday")
                .isEqualTo(days);
        assertThat(RunDays.without(
                        days,
                        window,
                        ALL,
                        NOW.minusSeconds(60),
                        Map.of(day(20), Set.of(Dataset.STREAMS), day(21), ALL)))
                .containsExactly(day(20));
    }

    @Test
    void settleAfterNoNegativeNumberOfDays() {
        assertThatThrownBy(() -> SettleWindow.at(NOW, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<LocalDate> due(int settleDays, List<FetchedSlice> fetched) {
        return RunDays.due(SettleWindow.at(NOW, settleDays), fetched, ALL);
    }

    private static List<FetchedSlice> fetched(int day, int asked) {
        return List.of(
                new FetchedSlice(Dataset.STREAMS, day(day), at(asked)),
                new FetchedSlice(Dataset.LISTENERS, day(day), at(asked)));
    }

    private static Instant at(int ofNovember) {
        return day(ofNovember).atTime(0, 5).toInstant(ZoneOffset.UTC);
    }

    private static LocalDate day(int ofNovember) {
        return LocalDate.of(2026, 11, ofNovember);
    }
}
