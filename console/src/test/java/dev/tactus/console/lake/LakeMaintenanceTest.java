package dev.tactus.console.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.config.MaintenanceSection;
import dev.tactus.lake.Lake;
import dev.tactus.lake.publication.PreparedPublication;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.staging.ChunkWriter;
import dev.tactus.lake.staging.FetchedItem;
import dev.tactus.lake.staging.PayloadRow;
import dev.tactus.lake.staging.Provenance;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.ledger.Ledger;
import dev.tactus.music.Dataset;
import dev.tactus.music.StreamCount;
import dev.tactus.music.identifiers.Isrc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeMaintenanceTest {
    private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final MaintenanceSection USUAL = new MaintenanceSection(true, 30, 10);

    @TempDir
    Path folder;

    private Ledger ledger;
    private Lake lake;

    @SuppressWarnings("NullAway.Init")
    LakeMaintenanceTest() {}

    @BeforeEach
    void open() {
        ledger = Ledger.open(folder.resolve("ledger.db"), InstantSource.fixed(NOW));
        lake = Lake.open(folder.resolve("lake"), new LakeSettings(128, 2, 16L << 20));
    }

    @AfterEach
    void close() {
        lake.close();
        ledger.close();
    }

    @Test
    void isLeftAloneUntilItIsWorthItsTimeAndThenDoneOnce() {
        publish(0, 4);
        assertThat(LakeMaintenance.afterSync(USUAL, ledger, lake, NOW))
                .as("a hundred files less")
                .isEmpty();
        assertThat(afterSync(USUAL, 4)).as("three files less").isEmpty();
        assertThat(afterSync(new MaintenanceSection(false, 30, 10), 3)).isEmpty();

        assertThat(afterSync(USUAL, 3))
                .hasValueSatisfying(said -> assertThat(said).startsWith("maintained the lake: "));
        assertThat(afterSync(USUAL, 1)).as("nothing is left to do").isEmpty();
    }

    @Test
    void whatItFailsOfIsToldAndNoFailure() throws Exception {
        publish(0, 2);
        try (Stream<Path> files = Files.walk(folder.resolve("lake/tactus/payloads/data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }

        assertThat(afterSync(USUAL, 1))
                .hasValueSatisfying(said -> assertThat(said)
                        .startsWith("the lake was not maintained: ")
                        .endsWith("; tactus lake maintain tries again"));
    }

    private Optional<String> afterSync(MaintenanceSection section, long worth) {
        return LakeMaintenance.afterSync(section, ledger, lake, NOW, worth);
    }

    /// A publication each, with a file of answers in each.
    private void publish(int from, int to) {
        for (int i = from; i < to; i++) {
            Isrc isrc = new Isrc(String.format(Locale.ROOT, "QZTAC25%05d", i));
            String run = "run-" + i;
            String sha256 = String.format(Locale.ROOT, "%064x", i);
            Provenance provenance = new Provenance("spotify", DAY, run, sha256, NOW);
            List<StagedFile> staged;
            try (ChunkWriter writer = lake.staging().writer(run)) {
                writer.payload(new PayloadRow(sha256, "GET /v1", NOW, "spotify", "/v1", 200, new byte[] {'{', '}'}));
                writer.streams(isrc, "t" + i, List.of(new StreamCount("DE", i)), provenance);
                staged = writer.seal();
            }
            List<FetchedItem> items = List.of(new FetchedItem(Dataset.STREAMS, isrc, DAY, 1));
            try (PreparedPublication prepared = lake.prepare(new Publication(
                    "publication-" + i, run, "spotify", staged, items, Map.of(), List.of(), List.of()))) {
                prepared.commit(_ -> {});
            }
        }
    }
}
