package dev.tactus.ledger;

import static dev.tactus.ledger.Samples.catalog;
import static dev.tactus.ledger.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.database.DatabaseAddress;
import dev.tactus.database.DatabaseLock;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunCounters;
import dev.tactus.ledger.runs.RunNote;
import dev.tactus.ledger.runs.RunState;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What transactions promise, on each database.
class LedgerTransactionTest extends StoreTest {
    @Test
    void keepsWhatWasWrittenWhenClosedAndOpenedAgain() {
        Run run = run(ledger);
        try (Ledger again = Ledger.open(places.place("ledger"), clock)) {
            assertThat(again.runs().list()).containsExactly(run);
        }
        assertThat(Ledger.exists(places.place("ledger"))).isTrue();
    }

    @Test
    void keepsNothingOfATransactionThatFails() {
        assertThatThrownBy(() -> ledger.transaction(() -> {
                    run(ledger);
                    catalog(ledger, 3);
                    throw new IllegalStateException("in the middle");
                }))
                .hasMessage("in the middle");

        assertThat(ledger.runs().list()).isEmpty();
        assertThat(ledger.recordings().count()).isZero();
        assertThat(ledger.recordings().hash()).isEmpty();

        catalog(ledger, 2);
        assertThat(ledger.recordings().count()).isEqualTo(2);
    }

    @Test
    void readsItsOwnWritesInsideATransactionWhileOthersDoNotSeeThem() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            ledger.transaction(() -> {
                run(ledger);
                assertThat(ledger.runs().list()).hasSize(1);
                Future<List<Run>> seenByOthers =
                        other.submit(() -> ledger.runs().list());
                assertThat(resultOf(seenByOthers)).isEmpty();
            });
            assertThat(ledger.runs().list()).hasSize(1);
        }
    }

    @Test
    void refusesToKeepATransactionOfWhichAPartHasFailed() {
        assertThatThrownBy(() -> ledger.transaction(() -> {
                    run(ledger);
                    assertThatThrownBy(() -> ledger.runs().state("no such run", RunState.FAILED, ""))
                            .isInstanceOf(IllegalArgumentException.class);
                }))
                .hasMessageContaining("a part of this transaction has failed");

        assertThat(ledger.runs().list()).isEmpty();
    }

    @Test
    void opensForReadingWhileAnotherWorksOnItAndSeesEachCommit() {
        DatabaseAddress file = places.place("ledger");
        try (Ledger working = Ledger.open(file, clock);
                DatabaseLock lock = working.lock("tactus sync");
                Ledger reading = Ledger.openForReading(file, clock).orElseThrow()) {
            assertThat(reading.runs().list()).isEmpty();
            run(working);
            assertThat(reading.runs().list()).hasSize(1);
            working.transaction(() -> {
                run(working);
                assertThat(reading.runs().list()).hasSize(1);
            });
            assertThatThrownBy(() -> run(reading)).hasMessageContaining("reading only");
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void servesManyReadersAndWritersAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String run = run(ledger).id();
            List<? extends Future<?>> done = IntStream.range(0, 32)
                    .mapToObj(i -> threads.submit(() -> {
                        ledger.runs().count(run, new RunCounters(1, 0, 0));
                        assertThat(ledger.runs().find(run)).isPresent();
                        ledger.runNotes().add(run, "kind", "text", 1);
                    }))
                    .toList();
            for (Future<?> one : done) {
                one.get();
            }
            assertThat(ledger.runs().find(run).orElseThrow().counters().requests())
                    .isEqualTo(32);
            assertThat(ledger.runNotes().list(run)).containsExactly(new RunNote("kind", "text", 32));
        }
    }

    private static <T> T resultOf(Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
