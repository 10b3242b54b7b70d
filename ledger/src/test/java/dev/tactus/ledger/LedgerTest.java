package dev.tactus.ledger;

import static dev.tactus.ledger.Samples.catalog;
import static dev.tactus.ledger.Samples.isrc;
import static dev.tactus.ledger.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.database.DatabaseLock;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemOutcome;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunCounters;
import dev.tactus.ledger.runs.RunNote;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.music.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    @Test
    void keepsWhatWasWrittenWhenClosedAndOpenedAgain() {
        Path file = folder.resolve("new folder/led?ger 100%.db");
        Run run;
        try (Ledger ledger = Ledger.open(file, clock)) {
            run = run(ledger);
        }
        try (Ledger ledger = Ledger.open(file, clock)) {
            assertThat(ledger.runs().list()).containsExactly(run);
        }
        assertThat(file).exists();
        assertThat(file.resolveSibling("led?ger 100%.db-wal")).doesNotExist();
    }

    @Test
    void keepsNothingOfATransactionThatFails() {
        try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"), clock)) {
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
    }

    @Test
    void readsItsOwnWritesInsideATransactionWhileOthersDoNotSeeThem() throws Exception {
        try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"), clock);
                ExecutorService other = Executors.newSingleThreadExecutor()) {
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
        try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"), clock)) {
            assertThatThrownBy(() -> ledger.transaction(() -> {
                        run(ledger);
                        assertThatThrownBy(() -> ledger.runs().state("no such run", RunState.FAILED, ""))
                                .isInstanceOf(IllegalArgumentException.class);
                    }))
                    .hasMessageContaining("a part of this transaction has failed");

            assertThat(ledger.runs().list()).isEmpty();
        }
    }

    @Test
    void opensForReadingWhileAnotherWorksOnItAndSeesEachCommit() {
        Path file = folder.resolve("ledger.db");
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
    void createsNothingWhenOpenedForReading() throws IOException {
        assertThat(Ledger.openForReading(folder.resolve("ledger.db"), clock)).isEmpty();
        assertThat(filesIn(folder)).isEmpty();
    }

    @Test
    void servesManyReadersAndWritersAtOnce() throws Exception {
        try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"), clock);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
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

    @Test
    void holdsAfterACrashEverythingCommittedAndNothingElse() throws IOException {
        Path crashed = Files.createDirectory(folder.resolve("crashed"));
        String run;
        try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"), clock)) {
            catalog(ledger, 20_000);
            run = run(ledger).id();
            ledger.items().plan(run, Dataset.STREAMS, Samples.DAY);
            ledger.items().record(run, outcomes(0, 5_000));
            ledger.transaction(() -> {
                ledger.items().record(run, outcomes(5_000, 20_000));
                copyAsAKillWouldLeaveIt(crashed);
            });
        }
        try (Ledger ledger = Ledger.open(crashed.resolve("ledger.db"), clock)) {
            ItemCounts counts = ledger.items().counts(run);
            assertThat(counts.of(ItemState.LANDED)).isEqualTo(5_000);
            assertThat(counts.open()).isEqualTo(15_000);
            assertThat(counts.addsUp()).isFalse();

            ledger.items().record(run, outcomes(5_000, 20_000));
            assertThat(ledger.items().counts(run).addsUp()).isTrue();
        }
    }

    private static List<ItemOutcome> outcomes(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(serial -> ItemOutcome.landed(isrc(serial), Dataset.STREAMS, Samples.DAY, 2))
                .toList();
    }

    private void copyAsAKillWouldLeaveIt(Path target) {
        try {
            for (Path file : filesIn(folder)) {
                if (Files.isRegularFile(file)) {
                    Files.copy(file, target.resolve(file.getFileName()));
                }
            }
            assertThat(target.resolve("ledger.db-wal")).exists();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T resultOf(Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
