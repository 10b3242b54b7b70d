package dev.tactus.ledger.quality;

import static dev.tactus.ledger.Samples.DAY;
import static dev.tactus.ledger.Samples.SOURCE;
import static dev.tactus.ledger.Samples.isrc;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.Samples;
import dev.tactus.ledger.StoreTest;
import dev.tactus.ledger.items.ItemOutcome;
import dev.tactus.ledger.runs.Run;
import dev.tactus.music.Dataset;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadLettersTest extends StoreTest {
    private static final byte[] BODY = "{\"items\":[{\"streams\":\"many\"}]}".getBytes(UTF_8);

    @Test
    void keepsEverythingAboutALetterAndItsPayload() {
        String run = Samples.run(ledger).id();
        DeadLetter letter = ledger.deadLetters().add(letter(run, 1), BODY);

        assertThat(letter.letter()).isEqualTo(letter(run, 1));
        assertThat(letter.state()).isEqualTo(DeadLetterState.OPEN);
        assertThat(letter.createdAt()).isEqualTo(clock.instant());
        assertThat(ledger.deadLetters().find(letter.id())).contains(letter);
        assertThat(ledger.deadLetters().body(letter.id()).orElseThrow()).isEqualTo(BODY);
    }

    @Test
    void keepsALetterOfAWholePayload() {
        String run = Samples.run(ledger).id();
        NewDeadLetter whole = new NewDeadLetter(
                run, SOURCE, "search", null, null, null, "too_large", "", "more than 32 MiB", "/v1/search", "ff");
        NewDeadLetter another = new NewDeadLetter(
                run, SOURCE, "search", null, null, null, "too_large", "", "more than 32 MiB", "/v1/search?2", "fe");
        assertThat(ledger.deadLetters().add(whole, new byte[0]).letter()).isEqualTo(whole);
        ledger.deadLetters().add(another, new byte[0]);
        assertThat(ledger.deadLetters().count(DeadLetterState.OPEN)).isEqualTo(2);
    }

    @Test
    void isDismissedOnTheRecord() {
        DeadLetter letter = ledger.deadLetters().add(letter(Samples.run(ledger).id(), 1), BODY);

        ledger.deadLetters().dismiss(letter.id(), "Ada", "the service has withdrawn it");

        assertThat(ledger.deadLetters().find(letter.id()).map(DeadLetter::state))
                .contains(DeadLetterState.DISMISSED);
        assertThat(ledger.deadLetters().dismissals(letter.id()))
                .containsExactly(new Dismissal("Ada", "the service has withdrawn it", clock.instant()));
        assertThatThrownBy(() -> ledger.deadLetters().dismiss("none", "Ada", "x"))
                .hasMessageContaining("none");
        assertThat(ledger.deadLetters().dismissals("none")).isEmpty();
    }

    @Test
    void closesByItselfOnceALaterRunHasANewerAnswer() {
        Samples.catalog(ledger, 5);
        Run earlier = Samples.run(ledger);
        for (int serial = 0; serial < 5; serial++) {
            ledger.deadLetters().add(letter(earlier.id(), serial), BODY);
        }
        clock.advance(Duration.ofDays(1));
        Run later = Samples.run(ledger);
        ledger.items().plan(later.id(), Dataset.STREAMS, DAY);
        ledger.items()
                .record(
                        later.id(),
                        List.of(
                                ItemOutcome.landed(isrc(0), Dataset.STREAMS, DAY, 1),
                                ItemOutcome.deadLettered(isrc(1), Dataset.STREAMS, DAY, 0, "schema"),
                                ItemOutcome.parked(isrc(2), Dataset.STREAMS, DAY, clock.instant(), "pending"),
                                ItemOutcome.notFound(isrc(3), Dataset.STREAMS, DAY, "missing_twice")));
        DeadLetter own = ledger.deadLetters().add(letter(later.id(), 1), BODY);

        assertThat(ledger.deadLetters().closeAnswered(later)).isEqualTo(2);

        assertThat(ledger.deadLetters().list(DeadLetterState.CLOSED, 10))
                .extracting(letter -> letter.letter().isrc())
                .containsExactlyInAnyOrder(isrc(0), isrc(1));
        assertThat(ledger.deadLetters().find(own.id()).map(DeadLetter::state)).contains(DeadLetterState.OPEN);
        assertThat(ledger.deadLetters().closeAnswered(earlier)).isZero();
    }

    @Test
    void keepsTheSameFaultOfARunOnce() {
        String run = Samples.run(ledger).id();
        DeadLetter first = ledger.deadLetters().add(letter(run, 1), BODY);
        ledger.deadLetters().state(first.id(), DeadLetterState.REPLAYED);
        clock.advance(Duration.ofHours(1));

        DeadLetter again = ledger.deadLetters().add(letter(run, 1), BODY);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.state()).isEqualTo(DeadLetterState.OPEN);
        assertThat(again.createdAt()).isEqualTo(first.createdAt());
        assertThat(again.updatedAt()).isEqualTo(clock.instant());
        assertThat(ledger.deadLetters().count(DeadLetterState.OPEN)).isEqualTo(1);
        assertThat(ledger.deadLetters()
                        .add(letter(Samples.run(ledger).id(), 1), BODY)
                        .id())
                .isNotEqualTo(first.id());
    }

    @Test
    void findsALetterByTheBeginningOfItsId() {
        String run = Samples.run(ledger).id();
        DeadLetter letter = ledger.deadLetters().add(letter(run, 1), BODY);
        ledger.deadLetters().add(letter(run, 2), BODY);

        assertThat(ledger.deadLetters().find(letter.id().substring(0, 8))).contains(letter);
        assertThat(ledger.deadLetters().find("")).as("fits both").isEmpty();
        assertThat(ledger.deadLetters().find("xyz")).isEmpty();
        assertThat(ledger.deadLetters().body("xyz")).isEmpty();
    }

    @Test
    void listsTheNewestOfAStateFirst() {
        String run = Samples.run(ledger).id();
        DeadLetter older = ledger.deadLetters().add(letter(run, 1), BODY);
        clock.advance(Duration.ofSeconds(1));
        DeadLetter newer = ledger.deadLetters().add(letter(run, 2), BODY);

        assertThat(ledger.deadLetters().list(DeadLetterState.OPEN, 10)).containsExactly(newer, older);
        assertThat(ledger.deadLetters().list(DeadLetterState.OPEN, 1)).containsExactly(newer);

        ledger.deadLetters().state(newer.id(), DeadLetterState.REPLAYED);
        assertThat(ledger.deadLetters().list(DeadLetterState.OPEN, 10)).containsExactly(older);
        assertThatThrownBy(() -> ledger.deadLetters().state("xyz", DeadLetterState.REPLAYED))
                .hasMessageContaining("xyz");
    }

    @Test
    void readsAllOfARunHoweverMany() {
        String run = Samples.run(ledger).id();
        ledger.deadLetters().add(letter(Samples.run(ledger).id(), 1), BODY);
        ledger.transaction(() -> {
            for (int i = 0; i < 1_200; i++) {
                ledger.deadLetters().add(letter(run, i), BODY);
            }
        });
        Set<String> ids = new HashSet<>();
        for (DeadLetter letter : ledger.deadLetters().ofRun(run)) {
            assertThat(letter.letter().runId()).isEqualTo(run);
            ids.add(letter.id());
        }
        assertThat(ids).hasSize(1_200);
    }

    private static NewDeadLetter letter(String run, int serial) {
        return new NewDeadLetter(
                run,
                SOURCE,
                "streams",
                isrc(serial),
                Dataset.STREAMS,
                DAY,
                "schema",
                "/items/0/streams",
                "a number is expected",
                "/v1/streams?ids=a",
                "00ff");
    }
}
