package dev.tactus.ledger.runs;

import static dev.tactus.ledger.Samples.DAY;
import static dev.tactus.ledger.Samples.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.StoreTest;
import dev.tactus.music.Dataset;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunsTest extends StoreTest {
    @Test
    void namesRunsByTimeAndSourceAndNeverTheSameTwice() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            ids.add(start(Dataset.TRACKS).id());
        }
        assertThat(ids).hasSize(50).allMatch(id -> id.matches("20261122T101530Z-spotify-[0-9a-f]{4}"));
    }

    @Test
    void makesIdsThatCanNameAFolder() {
        assertThat(ledger.runs()
                        .start("my source/ü", DAY, DAY, Set.of(Dataset.TRACKS), "hash", "1.0")
                        .id())
                .matches("20261122T101530Z-my-source---[0-9a-f]{4}");
    }

    @Test
    void continuesTheNewestUnfinishedRunOfTheSameSourceDaysAndDatasets() {
        Run older = start(Dataset.STREAMS, Dataset.TRACKS);
        clock.advance(Duration.ofHours(1));
        Run newer = start(Dataset.TRACKS, Dataset.STREAMS);

        assertThat(unfinished(Dataset.STREAMS, Dataset.TRACKS)).isEqualTo(newer.id());
        assertThat(unfinished(Dataset.STREAMS)).isEqualTo("none");
        assertThat(ledger.runs().unfinished("deezer", DAY, DAY, newer.datasets()))
                .isEmpty();
        assertThat(ledger.runs().unfinished(SOURCE, DAY.minusDays(1), DAY, newer.datasets()))
                .isEmpty();

        ledger.runs().state(newer.id(), RunState.ABANDONED, "a new run was asked for");
        assertThat(unfinished(Dataset.STREAMS, Dataset.TRACKS)).isEqualTo(older.id());
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"RUNNING", "PUBLISHING", "INCOMPLETE", "FAILED"})
    void continuesARunThatIs(RunState state) {
        Run run = start(Dataset.TRACKS);
        ledger.runs().state(run.id(), state, "");
        assertThat(unfinished(Dataset.TRACKS)).isEqualTo(run.id());
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"FINISHED", "ABANDONED"})
    void neverContinuesARunThatIs(RunState state) {
        ledger.runs().state(start(Dataset.TRACKS).id(), state, "");
        assertThat(unfinished(Dataset.TRACKS)).isEqualTo("none");
    }

    @Test
    void tellsWhyAndWhenARunStoppedAndForgetsItWhenItGoesOn() {
        Run run = start(Dataset.TRACKS);
        assertThat(run.endedAt()).isEmpty();
        clock.advance(Duration.ofMinutes(5));

        ledger.runs().state(run.id(), RunState.FAILED, "the server can't be reached");
        Run failed = ledger.runs().find(run.id()).orElseThrow();
        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        assertThat(failed.note()).isEqualTo("the server can't be reached");
        assertThat(failed.endedAt()).contains(clock.instant());

        ledger.runs().state(run.id(), RunState.RUNNING, "");
        assertThat(ledger.runs().find(run.id()).orElseThrow().endedAt()).isEmpty();
    }

    @Test
    void addsCountersOverInterruptions() {
        Run run = start(Dataset.TRACKS);
        ledger.runs().count(run.id(), new RunCounters(100, 2, 3));
        ledger.runs().count(run.id(), new RunCounters(10, 0, 1));
        assertThat(ledger.runs().find(run.id()).orElseThrow().counters()).isEqualTo(new RunCounters(110, 2, 4));
    }

    @Test
    void knowsHowManyRequestsWereMadeTodayOverAllRunsOfASource() {
        Run first = start(Dataset.TRACKS);
        ledger.runs().count(first.id(), new RunCounters(100, 2, 3));
        clock.advance(Duration.ofSeconds(1));
        ledger.runs().count(start(Dataset.STREAMS).id(), new RunCounters(10, 0, 1));
        assertThat(ledger.runs().requestsToday(first.source())).isEqualTo(110);
        assertThat(ledger.runs().requestsToday("another")).isZero();

        clock.advance(Duration.ofDays(1));
        assertThat(ledger.runs().requestsToday(first.source())).isZero();
        ledger.runs().count(first.id(), new RunCounters(5, 0, 0));
        assertThat(ledger.runs().requestsToday(first.source())).isEqualTo(5);
    }

    @Test
    void listsTheNewestFirst() {
        Run older = start(Dataset.TRACKS);
        clock.advance(Duration.ofSeconds(1));
        Run newer = start(Dataset.STREAMS);
        assertThat(ledger.runs().list()).containsExactly(newer, older);
    }

    @Test
    void refusesWhatMakesNoRun() {
        assertThatThrownBy(() -> ledger.runs().start(SOURCE, DAY, DAY.minusDays(1), Set.of(Dataset.TRACKS), "h", "1"))
                .hasMessageContaining("first day");
        assertThatThrownBy(() -> ledger.runs().state("no such run", RunState.FAILED, ""))
                .hasMessageContaining("no such run");
    }

    @Test
    void keepsNotesWithTheirCounts() {
        String run = start(Dataset.LISTENERS).id();
        ledger.runNotes().add(run, "unknown_field", "/popularity", 1);
        ledger.runNotes().add(run, "listeners_without_territory", "DE", 2);
        ledger.runNotes().add(run, "listeners_without_territory", "US", 3);
        ledger.runNotes().add(run, "listeners_without_territory", "DE", 5);
        assertThat(ledger.runNotes().list(run))
                .containsExactly(
                        new RunNote("listeners_without_territory", "DE", 7),
                        new RunNote("listeners_without_territory", "US", 3),
                        new RunNote("unknown_field", "/popularity", 1));
    }

    private Run start(Dataset first, Dataset... more) {
        return ledger.runs().start(SOURCE, DAY, DAY, EnumSet.of(first, more), "hash", "1.0");
    }

    private String unfinished(Dataset first, Dataset... more) {
        return ledger.runs()
                .unfinished(SOURCE, DAY, DAY, EnumSet.of(first, more))
                .map(Run::id)
                .orElse("none");
    }
}
