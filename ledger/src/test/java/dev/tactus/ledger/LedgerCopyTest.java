package dev.tactus.ledger;

import static dev.tactus.ledger.Samples.DAY;
import static dev.tactus.ledger.Samples.SOURCE;
import static dev.tactus.ledger.Samples.catalog;
import static dev.tactus.ledger.Samples.isrc;
import static dev.tactus.ledger.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.items.ItemOutcome;
import dev.tactus.ledger.quality.NewDeadLetter;
import dev.tactus.music.Dataset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A ledger copied to a file and from there to another one, on each database.
class LedgerCopyTest extends StoreTest {
    private static final byte[] PAYLOAD = {0, 1, (byte) 0xff, 'x'};

    @TempDir
    private Path folder;

    @Test
    void everyRowArrivesAndNewOnesGetNumbersOfTheirOwn() {
        String run = filled();
        ledger.copyTo(folder.resolve("copy.db"));

        try (Ledger copy = Ledger.open(folder.resolve("copy.db"), clock);
                Ledger back = Ledger.open(places.place("back"), clock)) {
            Map<String, Long> counts = back.copyFrom(copy);

            assertThat(counts)
                    .containsEntry("recording", 250L)
                    .containsEntry("item", 250L)
                    .containsEntry("bond", 1L);
            assertThat(back.bonds().get()).isEqualTo(ledger.bonds().get());
            assertThat(back.runs().list()).isEqualTo(ledger.runs().list());
            assertThat(back.items().counts(run)).isEqualTo(ledger.items().counts(run));
            assertThat(back.deadLetters().ofRun(run))
                    .containsExactlyElementsOf(ledger.deadLetters().ofRun(run));
            assertThat(back.deadLetters()
                            .body(back.deadLetters()
                                    .ofRun(run)
                                    .iterator()
                                    .next()
                                    .id()))
                    .hasValueSatisfying(body -> assertThat(body).isEqualTo(PAYLOAD));
            assertThat(back.publications().begin(run).id())
                    .isNotEqualTo(ledger.publications().list().getFirst().id());
            catalog(back, 3);
            assertThat(back.recordings().count()).isEqualTo(3);
        }
    }

    @Test
    void isRefusedWhereThereIsALedgerAlready() {
        filled();
        try (Ledger other = Ledger.open(places.place("other"), clock)) {
            catalog(other, 2);
            assertThat(other.isEmpty()).isFalse();

            assertThatThrownBy(() -> other.copyFrom(ledger))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is not empty")
                    .hasMessageContaining("nothing was touched");

            assertThat(other.recordings().count()).isEqualTo(2);
            assertThat(other.runs().list()).isEmpty();
        }
    }

    @Test
    void theJournalMakesItAnew() {
        String run = filled();
        List<InputStream> parts = new ArrayList<>();
        var journal = ledger.journal();
        var all = journal.parts();
        for (var part : all) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            journal.write(part, all, out);
            parts.add(new ByteArrayInputStream(out.toByteArray()));
        }
        try (Ledger anew = Ledger.open(places.place("anew"), clock)) {
            assertThat(anew.isEmpty()).isTrue();
            assertThat(anew.journal().read(parts)).isEmpty();

            assertThat(anew.runs().list()).isEqualTo(ledger.runs().list());
            assertThat(anew.items().counts(run)).isEqualTo(ledger.items().counts(run));
            assertThat(anew.deadLetters().ofRun(run))
                    .containsExactlyElementsOf(ledger.deadLetters().ofRun(run));
            assertThat(anew.journal().parts()).isEqualTo(all);
            anew.publications().begin(run);
            catalog(anew, 1);
        }
    }

    @Test
    void isSoundWhenAllOfItIsRead() {
        filled();
        assertThat(ledger.faults()).isEmpty();
    }

    /// Also with what only some databases keep as it is.
    private String filled() {
        catalog(ledger, 250);
        run(ledger);
        String run = run(ledger).id();
        ledger.items().plan(run, Dataset.STREAMS, DAY);
        ledger.items().record(run, List.of(ItemOutcome.landed(isrc(7), Dataset.STREAMS, DAY, 3)));
        ledger.deadLetters()
                .add(
                        new NewDeadLetter(
                                run,
                                SOURCE,
                                "streams",
                                isrc(8),
                                Dataset.STREAMS,
                                DAY,
                                "schema",
                                "/items/0",
                                "a \0 b \uE000 c \uE0000 d\te\\n\n\"'",
                                "GET /",
                                "ab12"),
                        PAYLOAD);
        ledger.publications().complete(ledger.publications().begin(run).id());
        return run;
    }
}
