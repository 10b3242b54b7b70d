package dev.tactus.ledger.items;

import static dev.tactus.ledger.Samples.DAY;
import static dev.tactus.ledger.Samples.SOURCE;
import static dev.tactus.ledger.Samples.catalog;
import static dev.tactus.ledger.Samples.isrc;
import static dev.tactus.music.Dataset.STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.Samples;
import dev.tactus.ledger.StoreTest;
import dev.tactus.ledger.catalog.PlanPage;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnsweredItemsTest extends StoreTest {
    private Run earlier;

    @SuppressWarnings("NullAway.Init")
    AnsweredItemsTest() {}

    /// A run that has published one item of each state, and an item that no publication holds.
    @BeforeEach
    void publishARun() {
        catalog(ledger, 7);
        earlier = Samples.run(ledger);
        ledger.items().plan(earlier.id(), STREAMS, DAY);
        ledger.items()
                .record(
                        earlier.id(),
                        List.of(
                                ItemOutcome.landed(isrc(0), STREAMS, DAY, 3),
                                ItemOutcome.notFound(isrc(1), STREAMS, DAY, "search_empty"),
                                ItemOutcome.deadLettered(isrc(2), STREAMS, DAY, 1, "schema"),
                                ItemOutcome.awaitingReport(isrc(3), STREAMS, DAY, 2, "unavailable"),
                                ItemOutcome.parked(isrc(4), STREAMS, DAY, clock.instant(), "pending")));
        ledger.items()
                .markPublished(
                        earlier.id(), ledger.publications().begin(earlier.id()).id());
        ledger.items().record(earlier.id(), List.of(ItemOutcome.landed(isrc(5), STREAMS, DAY, 1)));
    }

    @Test
    void areNotDueInALaterRunAndSayWhatTheAnswerWas() {
        Run later = later();

        assertThat(ledger.answered().skip(later, STREAMS, DAY, earlier.startedAt()))
                .isEqualTo(3);

        ItemCounts counts = ledger.items().counts(later.id());
        assertThat(counts.of(ItemState.NOT_DUE)).isEqualTo(3);
        assertThat(counts.of(ItemState.LANDED)).isZero();
        assertThat(counts.standing(ItemState.LANDED)).isEqualTo(1);
        assertThat(counts.standing(ItemState.NOT_FOUND)).isEqualTo(1);
        assertThat(counts.standing(ItemState.AWAITING_REPORT)).isEqualTo(1);
        assertThat(ledger.items().open(later.id(), STREAMS, DAY, clock.instant(), PlanPage.first(10)))
                .as("dead letters, what is parked, what no publication holds, what was never asked")
                .containsExactly(isrc(2), isrc(4), isrc(5), isrc(6));
        assertThat(ledger.items().unpublished(later.id())).isEmpty();
        assertThat(ledger.answered().count(SOURCE, STREAMS, DAY, earlier.startedAt()))
                .isEqualTo(3);
    }

    @Test
    void areNoneWhereTheRunBeganTooEarlyOrTheSourceOrDayIsAnother() {
        Run later = later();
        Instant tooLate = earlier.startedAt().plusNanos(1000);

        assertThat(ledger.answered().skip(later, STREAMS, DAY, tooLate)).isZero();
        assertThat(ledger.answered().count(SOURCE, STREAMS, DAY, tooLate)).isZero();
        assertThat(ledger.answered().count("deezer", STREAMS, DAY, earlier.startedAt()))
                .isZero();
        assertThat(ledger.answered().count(SOURCE, STREAMS, DAY.plusDays(1), earlier.startedAt()))
                .isZero();
    }

    @Test
    void ofARunThatIsContinuedCountTooSoThatWhatALaterOneFoundIsNotAskedTwice() {
        Run later = later();
        ledger.items().record(later.id(), List.of(ItemOutcome.landed(isrc(4), STREAMS, DAY, 1)));
        ledger.items()
                .markPublished(
                        later.id(), ledger.publications().begin(later.id()).id());

        assertThat(ledger.answered().skip(earlier, STREAMS, DAY, earlier.startedAt()))
                .isEqualTo(1);

        assertThat(ledger.items().state(earlier.id(), isrc(4), STREAMS, DAY)).contains(ItemState.NOT_DUE);
        assertThat(ledger.items().state(earlier.id(), isrc(0), STREAMS, DAY)).contains(ItemState.LANDED);
    }

    @Test
    void givenUpRunsHaveFetchedNoDay() {
        assertThat(ledger.answered().fetched(SOURCE)).as("it runs").isEmpty();
        ledger.runs().state(earlier.id(), RunState.INCOMPLETE, "");
        assertThat(ledger.answered().fetched(SOURCE))
                .containsExactly(new FetchedSlice(STREAMS, DAY, earlier.startedAt()));
        ledger.runs().state(earlier.id(), RunState.ABANDONED, "");
        assertThat(ledger.answered().fetched(SOURCE)).isEmpty();
    }

    @Test
    void whatASourceSaysIsReadPageByPageEachRecordingOnce() {
        int many = SourceAnswerQuery.PAGE + 500;
        catalog(ledger, 2 * many);
        Run run = Samples.run(ledger);
        ledger.items().plan(run.id(), STREAMS, DAY.plusDays(1));
        ledger.items()
                .record(
                        run.id(),
                        IntStream.range(many, 2 * many)
                                .mapToObj(i -> ItemOutcome.landed(isrc(i), STREAMS, DAY.plusDays(1), 1))
                                .toList());

        assertThat(ledger.items().answers(SOURCE, STREAMS, DAY.plusDays(1)))
                .extracting(SourceAnswer::isrc)
                .doesNotHaveDuplicates()
                .hasSize(2 * many);
        assertThat(ledger.items()
                        .answers(SOURCE, STREAMS, DAY.plusDays(1))
                        .filter(answer -> answer.state() == ItemState.LANDED))
                .hasSize(many);
        assertThat(ledger.items().answers(SOURCE, STREAMS, DAY.plusDays(2))).isEmpty();
    }

    private Run later() {
        clock.advance(Duration.ofHours(1));
        Run later = Samples.run(ledger);
        ledger.items().plan(later.id(), STREAMS, DAY);
        return later;
    }
}
