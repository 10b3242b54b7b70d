package dev.tactus.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.maintenance.MaintenanceReport;
import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.lake.place.CatalogDatabase;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.table.FileVerdict;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lake whose files are in an object store.
class StoredLakeTest {
    private final String address = "s3://labels/" + UUID.randomUUID();
    private final FakeStore store = FakeStore.at(address);

    @TempDir
    Path folder;

    @Test
    void holdsWhatWasPublishedForWhoeverOpensItNext() throws IOException {
        try (LakeFixture lake = open()) {
            lake.streams(1, LakeFixture.DAY, 10, 20).publish("run-1");
            lake.streams(1, LakeFixture.DAY, 11, 20).publish("run-2");
            assertThat(lake.ask("SELECT sum(stream_count) FROM daily_streams")).containsExactly("31");
        }
        try (Stream<Path> left = Files.list(folder.resolve("cache"))) {
            assertThat(left).as("copies go with the process").isEmpty();
        }
        try (LakeFixture lake = open()) {
            assertThat(lake.ask("SELECT sum(stream_count) FROM daily_streams")).containsExactly("31");
            assertThat(lake.summary(LakeTable.DAILY_STREAMS).location()).isEqualTo(address + "/tactus/daily_streams");
            assertThat(lake.lake.table(LakeTable.DAILY_STREAMS).verdicts())
                    .isNotEmpty()
                    .allMatch(FileVerdict.Sound.class::isInstance);
            assertThat(lake.lake.table(LakeTable.DAILY_STREAMS).metadataVerdicts())
                    .isNotEmpty()
                    .allMatch(FileVerdict.Sound.class::isInstance);
        }
        assertThat(store.objects.keySet())
                .anyMatch(key -> key.matches("tactus/daily_streams/data/.*-[0-9a-f]{64}\\.parquet"))
                .contains("tactus/daily_streams/metadata/version-hint.text");
    }

    @Test
    void copiesOfAProcessThatWasKilledGoWithTheNext() throws IOException {
        Path dead = Files.createDirectories(folder.resolve("cache/process-dead/tactus"));
        Files.createFile(folder.resolve("cache/process-dead.lock"));
        try (LakeFixture one = open();
                LakeFixture other = open()) {
            assertThat(dead).doesNotExist();
            one.streams(1, LakeFixture.DAY, 10).publish("run-1");
            assertThat(other.ask("SELECT sum(stream_count) FROM daily_streams"))
                    .as("those of processes that live stay")
                    .containsExactly("10");
        }
    }

    @Test
    void goesOnWithChunksThatAnotherMachineHasStaged() {
        Publication publication;
        try (LakeFixture lake = open()) {
            publication = lake.streams(1, LakeFixture.DAY, 10, 20).publication("run-1");
        }
        try (LakeFixture lake = open()) {
            assertThat(lake.publish(publication)).isNotEmpty();
            lake.lake
                    .staging()
                    .discard(publication.files().stream()
                            .map(file -> file.path())
                            .toList());
            assertThat(lake.ask("SELECT sum(stream_count) FROM daily_streams")).containsExactly("30");
        }
        assertThat(store.objects.keySet()).noneMatch(key -> key.startsWith("staging/"));
    }

    @Test
    void refusesWhatIsNotWhatWasWritten() {
        try (LakeFixture lake = open()) {
            lake.streams(1, LakeFixture.DAY, 10, 20).publish("run-1");
        }
        String data = store.objects.keySet().stream()
                .filter(key -> key.startsWith("tactus/daily_streams/data/"))
                .findFirst()
                .orElseThrow();
        byte[] sound = store.content(data);
        byte[] flipped = sound.clone();
        flipped[flipped.length / 2] ^= 1;
        store.objects.put(data, flipped);
        try (LakeFixture lake = open()) {
            assertThatThrownBy(() -> lake.ask("SELECT sum(stream_count) FROM daily_streams"))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining(data);
            assertThat(lake.lake.table(LakeTable.DAILY_STREAMS).verdicts())
                    .hasSize(1)
                    .allMatch(FileVerdict.Changed.class::isInstance);
        }
        store.objects.remove(data);
        try (LakeFixture lake = open()) {
            assertThatThrownBy(() -> lake.ask("SELECT sum(stream_count) FROM daily_streams"))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining("is missing");
        }
        store.objects.put(data, sound);
        String metadata = store.objects.keySet().stream()
                .filter(key -> key.matches("tactus/tracks/metadata/0.*"))
                .findFirst()
                .orElseThrow();
        store.objects.put(
                metadata,
                new String(store.content(metadata), StandardCharsets.UTF_8)
                        .replace("\"isrc\"", "\"irsc\"")
                        .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::open).isInstanceOf(LakeDamaged.class);
    }

    @Test
    void refusesFilesThatTookEachOthersPlaces() {
        try (LakeFixture lake = open()) {
            lake.streams(1, LakeFixture.DAY, 10)
                    .streams(1, LakeFixture.NEXT, 20)
                    .publish("run-1");
        }
        List<String> data = store.objects.keySet().stream()
                .filter(key -> key.startsWith("tactus/daily_streams/data/"))
                .toList();
        store.objects.put(data.getFirst(), store.content(data.getLast()));
        try (LakeFixture lake = open()) {
            assertThatThrownBy(() -> lake.ask("SELECT sum(stream_count) FROM daily_streams"))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining("was changed since it was written");
        }
    }

    @Test
    void anAnswerThatWasLostIsNoRefusal() {
        try (LakeFixture lake = open()) {
            store.repeats = true;
            lake.streams(1, LakeFixture.DAY, 10).publish("run-1");
            assertThat(lake.ask("SELECT sum(stream_count) FROM daily_streams")).containsExactly("10");
        }
    }

    @Test
    void asksForMoreRoomWhereTheCopiesDoNotFit() {
        try (LakeFixture lake = open()) {
            lake.streams(1, LakeFixture.DAY, 10, 20).publish("run-1");
        }
        try (LakeFixture lake = new LakeFixture(folder, Lake.open(place(4000), LakeFixture.SMALL, clock(), none()))) {
            assertThatThrownBy(() -> lake.ask("SELECT sum(stream_count) FROM daily_streams"))
                    .isInstanceOf(LakeUnavailable.class)
                    .hasMessageContaining("lake: cache: gigabytes");
        }
    }

    @Test
    void isKeptSmallByMaintenance() {
        try (LakeFixture lake = open()) {
            for (int i = 1; i <= 4; i++) {
                lake.streams(i, LakeFixture.DAY.plusDays(i % 2), 10L * i).publish("run-" + i);
            }
            store.objects.put("tactus/daily_streams/data/orphan.parquet", new byte[10]);
            Instant later = Instant.now().plusSeconds(60);
            MaintenanceReport report = lake.lake.maintain(new MaintenanceSettings(1, later, Set.of(), later));
            assertThat(report.orphanFiles()).isPositive();
            assertThat(store.objects).doesNotContainKey("tactus/daily_streams/data/orphan.parquet");
            assertThat(lake.ask("SELECT sum(stream_count) FROM daily_streams")).containsExactly("100");
        }
    }

    /// Requests fail at random, before and after they did what they should; each run is repeated until it is there.
    @Test
    void whateverFailsNothingIsThereTwiceAndNothingIsLost() {
        for (long seed = 1; seed <= 12; seed++) {
            String place = address + "/" + seed;
            FakeStore failing = FakeStore.at(place);
            LakePlace stored = new LakePlace(
                    place,
                    new CatalogDatabase("jdbc:sqlite:" + folder.resolve("c" + seed)),
                    folder.resolve("cache"),
                    Long.MAX_VALUE,
                    Map.of());
            try (LakeFixture lake = new LakeFixture(folder, Lake.open(stored, LakeFixture.SMALL, clock(), none()))) {
                lake.streams(1, LakeFixture.DAY, 10, 20);
                lake.streams(2, LakeFixture.NEXT, 1);
                Publication publication = lake.publication("run-1");
                failing.fail(0.05, seed);
                int failures = 0;
                while (lake.lake.landed(publication).isEmpty()) {
                    try {
                        lake.publish(publication);
                    } catch (LakeException | IllegalStateException e) {
                        failures++;
                        assertThat(failures).as("seed %d", seed).isLessThan(200);
                    }
                    failing.fail(failures > 20 ? 0 : 0.05, seed + failures);
                }
                failing.fail(0, 0);
                assertThat(lake.ask("SELECT count(*), sum(stream_count) FROM daily_streams"))
                        .as("seed %d", seed)
                        .containsExactly("3|31");
                assertThat(lake.lake.table(LakeTable.DAILY_STREAMS).metadataVerdicts())
                        .allMatch(FileVerdict.Sound.class::isInstance);
            }
        }
    }

    private LakeFixture open() {
        return new LakeFixture(folder, Lake.open(place(1 << 30), LakeFixture.SMALL, clock(), none()));
    }

    private LakePlace place(long mostBytes) {
        CatalogDatabase catalog = new CatalogDatabase("jdbc:sqlite:" + folder.resolve("catalog.db"));
        return new LakePlace(address, catalog, folder.resolve("cache"), mostBytes, Map.of());
    }

    private static InstantSource clock() {
        return InstantSource.system();
    }

    private static DiskListener none() {
        return DiskListener.none();
    }
}
