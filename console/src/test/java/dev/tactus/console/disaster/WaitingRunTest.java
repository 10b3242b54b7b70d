package dev.tactus.console.disaster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.disaster.HistoryFolder.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A backup that is made while a run waits for a day, and of which the ledger alone is brought back later.
class WaitingRunTest {
    private static final LocalDate DAY = LocalDate.of(2024, 3, 1);

    @TempDir
    private Path folder;

    @Test
    void itsLedgerBesideTheNewerLakeIsRefusedAndBothTogetherGoOnToTheLastRow() throws IOException {
        try (ScriptedSource source = new ScriptedSource(15)) {
            HistoryFolder place = new HistoryFolder(folder, source, new Random(1));
            source.pending(DAY, true);
            assertThat(sync(place).exit()).isEqualTo(3);
            Path backup = folder.resolve("backup");
            assertThat(run(place, "backup", backup.toString()).exit()).isZero();
            Path ledger = folder.resolve("ledger.db");
            place.copyLedger(ledger);

            source.pending(DAY, false);
            place.itIs(place.now().plus(Duration.ofHours(1)));
            assertThat(sync(place).exit()).isZero();
            assertComplete(place, source);

            place.bringBackLedger(ledger);
            for (Outcome refused : new Outcome[] {sync(place), run(place, "audit"), run(place, "lake", "maintain")}) {
                assertThat(refused.exit()).as(refused.text()).isEqualTo(2);
                assertThat(refused.text())
                        .contains(place.ledger() + " is older than the lake " + place.lake())
                        .contains("tactus ledger rebuild");
            }

            assertThat(run(place, "restore", backup.toString(), "--replace").exit())
                    .isZero();
            assertThat(sync(place).exit()).isZero();
            assertComplete(place, source);
            assertThat(run(place, "audit").exit()).isZero();
        }
    }

    private static Outcome sync(HistoryFolder place) throws IOException {
        return run(place, "sync", "--day", DAY.toString(), "--datasets", "streams,listeners", "--max-wait", "0s");
    }

    private static Outcome run(HistoryFolder place, String... args) throws IOException {
        return place.run(Disaster.NONE, () -> {}, args);
    }

    /// 15 recordings in 3 territories, of streams and of listeners: 90 rows.
    private static void assertComplete(HistoryFolder place, ScriptedSource source) throws IOException {
        Outcome query = run(place, "query", "--format", "csv", LakeContent.SQL);
        LakeContent found = LakeContent.of(Objects.requireNonNull(query.result()));
        assertThat(found.cells()).hasSize(90);
        assertThat(new Expectation().compare(found, source, Set.of(DAY), Set.of(DAY)))
                .isEmpty();
    }
}
