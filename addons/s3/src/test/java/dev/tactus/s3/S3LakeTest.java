package dev.tactus.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.Lake;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.ObjectStore;
import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.lake.place.CatalogDatabase;
import dev.tactus.lake.place.CatalogService;
import dev.tactus.lake.place.CatalogService.CatalogToken;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.publication.PreparedPublication;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.rest.CatalogServer;
import dev.tactus.lake.rest.CatalogServerSettings;
import dev.tactus.lake.staging.ChunkWriter;
import dev.tactus.lake.staging.FetchedItem;
import dev.tactus.lake.staging.Provenance;
import dev.tactus.lake.table.CommitListener;
import dev.tactus.lake.table.FileVerdict;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.music.Dataset;
import dev.tactus.music.StreamCount;
import dev.tactus.music.identifiers.Isrc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A lake in a real S3 server, by Amazon's own client, and with a proxy between that lets requests fail.
class S3LakeTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final Isrc ISRC = new Isrc("USABC2500001");

    @TempDir
    Path folder;

    private S3Server server;

    @BeforeEach
    void start() throws Exception {
        System.setProperty("aws.accessKeyId", S3Server.KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET);
        server = new S3Server(Files.createDirectories(folder.resolve("bucket")));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void keepsObjectsAsAStoreShould() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "one");
        Path two = Files.writeString(folder.resolve("two"), "two");
        try (ObjectStore store = store(server.port())) {
            store.write("a/b", one, false);
            assertThatThrownBy(() -> store.write("a/b", two, false)).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(new String(store.read("a/b").readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("one");
            store.write("a/b", two, true);
            assertThat(new String(store.read("a/b").readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("two");
            assertThat(store.find("a/b").orElseThrow().bytes()).isEqualTo(3);
            store.write("a/c", one, false);
            store.write("ab", one, false);
            assertThat(store.list("a/")).containsExactly("a/b", "a/c");
            assertThat(store.list("")).containsExactly("a/b", "a/c", "ab");
            store.delete("a/b");
            store.delete("a/b");
            assertThat(store.find("a/b")).isEmpty();
            assertThatThrownBy(() -> store.read("a/b")).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void ofManyWhoWriteOneNameOneDoes() throws Exception {
        try (ObjectStore store = store(server.port());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int key = 0; key < 5; key++) {
                String name = "key-" + key;
                List<Callable<Boolean>> writers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    Path mine = Files.writeString(folder.resolve("by-" + i), "by " + i);
                    writers.add(() -> {
                        try {
                            store.write(name, mine, false);
                            return true;
                        } catch (FileAlreadyExistsException e) {
                            return false;
                        }
                    });
                }
                int winners = 0;
                for (Future<Boolean> writer : threads.invokeAll(writers)) {
                    winners += writer.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        }
    }

    @Test
    void aServerThatRefusesIsToldWithItsAddress() {
        System.setProperty("aws.secretAccessKey", "another");
        assertThatThrownBy(() -> open(server.port()))
                .isInstanceOf(LakeUnavailable.class)
                .hasMessageContaining("s3://labels/lake/");
    }

    /// 503 before the server has seen a request, and connections that are cut after it has done what was asked.
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverFailsOnTheWayNothingIsLostOrThereTwice(long seed) throws IOException {
        try (Lake lake = open(server.port())) {
            assertThat(lake.tables()).hasSize(LakeTable.values().length);
        }
        try (FaultProxy proxy = new FaultProxy(server.port(), 0.15, seed)) {
            int failures = 0;
            for (boolean done = false; !done; ) {
                assertThat(failures).as("seed %d", seed).isLessThan(100);
                try (Lake lake = open(proxy.port())) {
                    for (int run = 1; run <= 3; run++) {
                        publish(lake, "run-" + run, run);
                    }
                    done = true;
                } catch (LakeException | IllegalStateException e) {
                    failures++;
                }
            }
            assertThat(proxy.unavailable.get() + proxy.cut.get())
                    .as("seed %d", seed)
                    .isPositive();
        }
        try (Lake lake = open(server.port())) {
            assertThat(ask(lake, "SELECT count(*), sum(stream_count) FROM daily_streams"))
                    .as("seed %d", seed)
                    .isEqualTo("[3, 6]");
            assertThat(lake.table(LakeTable.DAILY_STREAMS).verdicts()).allMatch(FileVerdict.Sound.class::isInstance);
            assertThat(lake.table(LakeTable.DAILY_STREAMS).metadataVerdicts())
                    .allMatch(FileVerdict.Sound.class::isInstance);
        }
    }

    private static void publish(Lake lake, String id, int count) {
        if (!lake.landed(id).isEmpty()) {
            return;
        }
        LocalDate day = DAY.plusDays(count);
        try (ChunkWriter writer = lake.staging().writer(id)) {
            writer.streams(
                    ISRC,
                    "t1",
                    List.of(new StreamCount("DE", count)),
                    new Provenance("spotify", day, id, "ab".repeat(32), Instant.parse("2026-11-22T06:00:00Z")));
            Publication publication = new Publication(
                    id,
                    id,
                    "spotify",
                    writer.seal(),
                    List.of(new FetchedItem(Dataset.STREAMS, ISRC, day, 1)),
                    Map.of(),
                    List.of(),
                    List.of());
            try (PreparedPublication prepared = lake.prepare(publication)) {
                prepared.commit(CommitListener.none());
            }
        }
    }

    /// As `tactus lake serve` keeps it; the server reads and writes metadata in the same bucket.
    @Test
    void aServerMayKeepTheCatalog() throws IOException {
        String token = "a token that nobody guesses";
        try (Lake offered = open(server.port());
                CatalogServer catalog = offered.offer(new CatalogServerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Sha256.of(token),
                        true,
                        Map.of()))) {
            CatalogService service = new CatalogService(
                    URI.create("http://127.0.0.1:" + catalog.address().getPort()),
                    Optional.empty(),
                    new CatalogToken.Said(token));
            LakePlace place = new LakePlace(
                    "s3://" + S3Server.BUCKET + "/lake",
                    service,
                    folder.resolve("copies"),
                    1 << 30,
                    settings(server.port()));
            for (int i = 1; i <= 3; i++) {
                try (Lake lake = open(place)) {
                    publish(lake, "run-" + i, i);
                    Instant later = Instant.now().plusSeconds(60);
                    lake.maintain(new MaintenanceSettings(1, later, Set.of(), later));
                }
            }
            try (Lake lake = open(place)) {
                assertThat(ask(lake, "SELECT sum(stream_count) FROM daily_streams"))
                        .isEqualTo("[6]");
                assertThat(lake.table(LakeTable.DAILY_STREAMS).verdicts())
                        .isNotEmpty()
                        .allMatch(FileVerdict.Sound.class::isInstance);
                assertThat(lake.table(LakeTable.DAILY_STREAMS).metadataVerdicts())
                        .isNotEmpty()
                        .allMatch(FileVerdict.Sound.class::isInstance);
            }
        }
    }

    private static String ask(Lake lake, String sql) {
        List<String> rows = new ArrayList<>();
        lake.query(sql, values -> rows.add(values.toString()));
        return String.join("", rows);
    }

    private static Map<String, String> settings(int port) {
        return Map.of("endpoint", "http://127.0.0.1:" + port, "path_style", "true");
    }

    private static ObjectStore store(int port) {
        return new S3StoreProvider().open("s3://" + S3Server.BUCKET + "/store", settings(port));
    }

    private Lake open(int port) {
        LakePlace place = new LakePlace(
                "s3://" + S3Server.BUCKET + "/lake",
                new CatalogDatabase("jdbc:sqlite:" + folder.resolve("catalog.db")),
                folder.resolve("cache"),
                1 << 30,
                settings(port));
        return open(place);
    }

    private static Lake open(LakePlace place) {
        return Lake.open(place, new LakeSettings(128, 1, 64L << 20), InstantSource.system(), DiskListener.none());
    }
}
