package dev.tactus.ledger;

import static dev.tactus.ledger.Samples.catalog;
import static dev.tactus.ledger.Samples.isrc;
import static dev.tactus.ledger.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemOutcome;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.runs.Run;
import dev.tactus.music.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ledger as a file.
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
    void keepsNothingOfACopyThatIsNotTheSame() throws SQLException {
        Path file = folder.resolve("copy.db");
        try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"), clock);
                Ledger copy = Ledger.open(file, clock)) {
            catalog(ledger, 10);
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.executeUpdate("CREATE TRIGGER careless AFTER INSERT ON recording WHEN NEW.id % 5 = 0"
                        + " BEGIN UPDATE recording SET order_key = 1 WHERE id = NEW.id; END");
            }
            assertThatThrownBy(() -> copy.copyFrom(ledger))
                    .hasMessageContaining("table recording has 10 rows there and 10 here, or other values in them")
                    .hasMessageContaining("nothing was kept");
            assertThat(copy.isEmpty()).isTrue();
        }
    }

    @Test
    void createsNothingWhenOpenedForReading() throws IOException {
        assertThat(Ledger.openForReading(folder.resolve("ledger.db"), clock)).isEmpty();
        assertThat(filesIn(folder)).isEmpty();
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

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
