package dev.tactus.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tactus.digest.Sha256;
import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskListener.DiskStep;
import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.lake.place.CatalogService;
import dev.tactus.lake.place.CatalogService.CatalogToken;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.rest.CatalogServer;
import dev.tactus.lake.rest.CatalogServerSettings;
import dev.tactus.lake.table.EpochListener;
import dev.tactus.lake.table.FileVerdict;
import dev.tactus.lake.table.LakeIdentity;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lake whose catalog a server keeps, which speaks Iceberg's REST protocol: here that of `tactus lake serve`.
class RemoteLakeTest {
    private static final String TOKEN = "a token that nobody guesses";

    @TempDir
    Path temporary;

    private Path folder;
    private Lake offered;
    private CatalogServer server;

    @BeforeEach
    void serve() throws IOException {
        folder = temporary.toRealPath().resolve("lake");
        offered = Lake.open(folder, LakeFixture.SMALL);
        server = offered.offer(new CatalogServerSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Sha256.of(TOKEN), true, Map.of()));
    }

    @AfterEach
    void stop() {
        server.close();
        offered.close();
    }

    @Test
    void holdsWhatWasPublishedOnce() {
        assertThat(place().exists()).isFalse();
        Publication publication;
        LakeIdentity owner;
        try (LakeFixture lake = open()) {
            owner = lake.lake.ownership().belongTo("ledger-1", "ledger.db");
            publication = lake.streams(1, LakeFixture.DAY, 10, 20)
                    .track(1, LakeFixture.DAY, "One")
                    .publication("run-1");
            lake.publish(publication);
            lake.publish(publication);
        }
        assertThat(place().exists()).isTrue();
        assertThat(LakeOwnership.of(place()))
                .get()
                .satisfies(now -> assertThat(now.lakeId()).isEqualTo(owner.lakeId()))
                .satisfies(now -> assertThat(now.epoch()).isEqualTo(2));
        try (LakeFixture lake = open()) {
            assertThat(lake.lake.landed(publication)).hasSizeGreaterThan(1);
            assertThat(lake.ask("SELECT sum(stream_count) FROM daily_streams")).containsExactly("30");
            assertThat(lake.lake.ownership().identity()).isEqualTo(LakeOwnership.of(place()));
            allSound(lake);
            lake.streams(2, LakeFixture.NEXT, 5).publish("run-2");
            assertThat(lake.ask("SELECT sum(stream_count) FROM daily_streams")).containsExactly("35");
        }
    }

    private static void allSound(LakeFixture lake) {
        for (LakeTable table : LakeTable.values()) {
            assertThat(lake.lake.table(table).metadataVerdicts()).allMatch(FileVerdict.Sound.class::isInstance);
            assertThat(lake.lake.table(table).verdicts()).allMatch(FileVerdict.Sound.class::isInstance);
        }
        assertThat(lake.lake.table(LakeTable.DAILY_STREAMS).metadataVerdicts()).hasSizeGreaterThan(2);
    }

    @Test
    void whatStopsBeforeTheServerIsAskedIsNotThere() {
        AtomicBoolean failing = new AtomicBoolean();
        try (LakeFixture lake = open((step, file) -> {
            if (failing.get() && step == DiskStep.COMMIT_DUE) {
                throw new IOException("the power fails");
            }
        })) {
            lake.lake.ownership().belongTo("ledger-1", "ledger.db");
            failing.set(true);
            lake.streams(1, LakeFixture.DAY, 10).track(1, LakeFixture.DAY, "One");
            assertThatThrownBy(() -> lake.publish("run-1")).isInstanceOf(LakeException.class);
            failing.set(false);
            assertThat(lake.lake.landed("run-1")).isEmpty();
            assertThat(lake.ask("SELECT count(*) FROM daily_streams")).containsExactly("0");
            assertThat(lake.lake.ownership().identity().orElseThrow().epoch()).isZero();
        }
    }

    @Test
    void ofTwoThatChangeItOneWins() {
        try (LakeFixture one = open();
                LakeFixture other = open()) {
            List<Long> told = new ArrayList<>();
            one.lake.ownership().belongTo("ledger-1", "ledger.db");
            one.lake.ownership().bind(listener(told), 0);
            other.lake.ownership().bind(listener(told), 0);
            one.streams(1, LakeFixture.DAY, 10).publish("run-1");
            assertThatThrownBy(() -> other.streams(1, LakeFixture.NEXT, 20).publish("run-2"))
                    .isInstanceOf(LakeConflict.class)
                    .hasMessageContaining("another process has changed the lake");
            assertThat(other.ask("SELECT sum(stream_count) FROM daily_streams")).containsExactly("10");
            assertThat(told).containsExactly(1L);
        }
    }

    /// Both have read the newest change before either sends one, of different tables.
    @Test
    void ofTwoThatSendAtOnceTheServerTakesOne() {
        AtomicBoolean racing = new AtomicBoolean();
        try (LakeFixture other = open();
                LakeFixture one = open((step, file) -> {
                    if (step == DiskStep.COMMIT_DUE && racing.getAndSet(false)) {
                        other.lake.count();
                    }
                })) {
            one.lake.ownership().belongTo("ledger-1", "ledger.db");
            racing.set(true);
            one.streams(1, LakeFixture.DAY, 10);
            assertThatThrownBy(() -> one.publish("run-1"))
                    .isInstanceOf(LakeConflict.class)
                    .hasMessageContaining("nothing was committed");
            assertThat(one.lake.landed("run-1")).isEmpty();
            assertThat(one.lake.ownership().identity().orElseThrow().epoch()).isEqualTo(1);
        }
    }

    @Test
    void aChangeWhoseAnswerWasLostIsFound() throws Exception {
        AtomicBoolean losing = new AtomicBoolean();
        List<Long> told = new ArrayList<>();
        between(() -> {}, losing, place -> {
            try (LakeFixture lake = open(place, DiskListener.none())) {
                lake.lake.ownership().belongTo("ledger-1", "ledger.db");
                lake.lake.ownership().bind(listener(told), 0);
                losing.set(true);
                lake.streams(1, LakeFixture.DAY, 10).publish("run-1");
                assertThat(losing).isFalse();
                assertThat(told).containsExactly(1L);
                assertThat(lake.ask("SELECT sum(stream_count) FROM daily_streams"))
                        .containsExactly("10");
                allSound(lake);
            }
        });
    }

    /// Somebody's change, of no table, arrives while another's is on its way.
    @Test
    void whatIsNoLongerTheNewestTheServerRefuses() throws Exception {
        AtomicBoolean racing = new AtomicBoolean();
        try (LakeFixture other = open()) {
            Runnable first = () -> {
                if (racing.getAndSet(false)) {
                    other.lake.count();
                }
            };
            between(first, new AtomicBoolean(), place -> {
                try (LakeFixture one = open(place, DiskListener.none())) {
                    one.lake.ownership().belongTo("ledger-1", "ledger.db");
                    racing.set(true);
                    one.streams(1, LakeFixture.DAY, 10);
                    assertThatThrownBy(() -> one.publish("run-1")).isInstanceOf(LakeConflict.class);
                    assertThat(racing).isFalse();
                    assertThat(one.lake.landed("run-1")).isEmpty();
                    assertThat(one.lake.ownership().identity().orElseThrow().epoch())
                            .isEqualTo(1);
                }
            });
        }
    }

    /// Works on the lake by way of a proxy.
    ///
    /// @param first is done before a change is handed on
    /// @param losing whether the answer to the next change is lost
    private void between(Runnable first, AtomicBoolean losing, Consumer<LakePlace> work) throws IOException {
        HttpServer between = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (HttpClient client = HttpClient.newHttpClient()) {
            between.createContext("/", exchange -> forward(client, exchange, first, losing));
            between.start();
            CatalogService service = new CatalogService(
                    URI.create("http://127.0.0.1:" + between.getAddress().getPort()),
                    Optional.empty(),
                    new CatalogToken.Said(TOKEN));
            work.accept(new LakePlace(folder.toString(), service, folder, Long.MAX_VALUE, Map.of()));
        } finally {
            between.stop(0);
        }
    }

    private void forward(HttpClient client, HttpExchange exchange, Runnable first, AtomicBoolean losing)
            throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().endsWith("transactions/commit")) {
                first.run();
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            uri().resolve(exchange.getRequestURI().toString()))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + TOKEN)
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (exchange.getRequestURI().getPath().endsWith("transactions/commit") && losing.getAndSet(false)) {
                return;
            }
            boolean empty = answer.body().length == 0;
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : answer.body().length);
            if (!empty) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static EpochListener listener(List<Long> told) {
        return new EpochListener() {
            @Override
            public void changes(String mark) {}

            @Override
            public void changed(long epoch) {
                told.add(epoch);
            }

            @Override
            public void closed() {}
        };
    }

    @Test
    void tagsAndMaintenanceKeepWhatIsNeeded() throws IOException {
        try (LakeFixture lake = open()) {
            for (int i = 1; i <= 14; i++) {
                lake.streams(i, LakeFixture.DAY.plusDays(i % 2), 10L * i).publish("run-" + i);
            }
            lake.lake.tag(
                    "closed",
                    Map.of(
                            LakeTable.DAILY_STREAMS,
                            lake.summary(LakeTable.DAILY_STREAMS).currentSnapshotId()));
            lake.streams(15, LakeFixture.DAY, 1).publish("run-15");
            Instant later = Instant.now().plusSeconds(60);
            lake.lake.maintain(new MaintenanceSettings(1, later, Set.of(), later));
            lake.lake.maintain(new MaintenanceSettings(1, later, Set.of(), later));
            assertThat(lake.lake.tagged("closed")).containsKey(LakeTable.DAILY_STREAMS);
        }
        try (LakeFixture lake = open()) {
            assertThat(lake.ask("SELECT sum(stream_count) FROM daily_streams")).containsExactly("1051");
            allSound(lake);
        }
        try (Stream<Path> books = Files.list(folder.resolve("tactus/lake_changes/books"))) {
            assertThat(books.count()).as("those of the last changes stay").isBetween(1L, 12L);
        }
    }

    @Test
    void aTableThatTheServerPutBackIsRefused() {
        try (LakeFixture lake = open()) {
            lake.streams(1, LakeFixture.DAY, 10).publish("run-1");
            lake.streams(2, LakeFixture.NEXT, 20).publish("run-2");
        }
        byHand(table -> table.manageSnapshots()
                .rollbackTo(table.snapshots().iterator().next().snapshotId())
                .commit());
        assertThatThrownBy(this::open)
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining("the table daily_streams was put back to an earlier state");
    }

    /// As from a backup of the server's database.
    @Test
    void aServerThatForgotAChangeIsRefused() throws SQLException {
        try (LakeFixture lake = open()) {
            lake.streams(1, LakeFixture.DAY, 10).publish("run-1");
            lake.streams(2, LakeFixture.NEXT, 20).publish("run-2");
        }
        try (Connection session = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("catalog.db"));
                Statement statement = session.createStatement()) {
            statement.executeUpdate("UPDATE iceberg_tables SET metadata_location = previous_metadata_location"
                    + " WHERE table_name = 'daily_streams'");
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(LakeDamaged.class)
                .hasMessageContaining("the table daily_streams was put back to an earlier state")
                .hasMessageContaining("tells change 1 of it, although change 2 was committed");
    }

    @Test
    void whatTheServerTellsAndNobodyCommittedIsFound() {
        try (LakeFixture lake = open()) {
            lake.streams(1, LakeFixture.DAY, 10).publish("run-1");
        }
        byHand(table -> table.manageSnapshots()
                .createTag("mine", table.currentSnapshot().snapshotId())
                .commit());
        try (LakeFixture lake = open()) {
            assertThat(lake.lake.table(LakeTable.DAILY_STREAMS).metadataVerdicts())
                    .anyMatch(FileVerdict.Changed.class::isInstance);
        }
    }

    @Test
    void aBookThatWasChangedIsRefused() throws IOException {
        try (LakeFixture lake = open()) {
            lake.streams(1, LakeFixture.DAY, 10).publish("run-1");
        }
        try (Stream<Path> books = Files.list(folder.resolve("tactus/lake_changes/books"))) {
            for (Path book : books.toList()) {
                byte[] content = Files.readAllBytes(book);
                content[content.length - 1] ^= 1;
                Files.delete(book);
                Files.write(book, content);
            }
        }
        assertThatThrownBy(this::open).isInstanceOf(LakeDamaged.class).hasMessageContaining("the catalog's book");
    }

    @Test
    void tellsWhatATokenLacks() throws IOException {
        CatalogService strange =
                new CatalogService(uri(), Optional.empty(), new CatalogToken.Said("another one entirely"));
        assertThatThrownBy(strange::isMade)
                .isInstanceOf(LakeUnavailable.class)
                .hasMessageContaining("does not accept the token");
        assertThat(strange.token().toString()).doesNotContain("another one");
        Path file = Files.writeString(temporary.resolve("token"), TOKEN + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        CatalogService open = new CatalogService(uri(), Optional.empty(), new CatalogToken.InFile(file));
        assertThatThrownBy(open::isMade).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(open.isMade()).isFalse();
    }

    @Test
    void aLakeThatALedgerReachesItselfIsLeftAlone() {
        offered.ownership().belongTo("ledger-1", "ledger.db");
        assertThatThrownBy(this::open)
                .isInstanceOf(LakeUnavailable.class)
                .hasMessageContaining("belong to the ledger ledger-1");
    }

    @Test
    void tablesThatHadRowsBeforeAreNotTakenOver() {
        try (LakeFixture own = new LakeFixture(folder, offered)) {
            own.streams(1, LakeFixture.DAY, 10).publish("run-1");
            assertThatThrownBy(this::open)
                    .isInstanceOf(LakeUnavailable.class)
                    .hasMessageContaining("has rows that were not written through this catalog");
        }
    }

    @Test
    void aServerThatIsAwayIsTold() {
        try (LakeFixture lake = open()) {
            lake.streams(1, LakeFixture.DAY, 10);
            server.close();
            assertThatThrownBy(() -> lake.publish("run-1"))
                    .isInstanceOf(LakeUnavailable.class)
                    .hasMessageContaining("does not answer");
        }
    }

    private void byHand(Consumer<Table> change) {
        try (RESTCatalog other = new RESTCatalog()) {
            other.initialize(
                    "other",
                    Map.of("uri", uri().toString(), "token", TOKEN, "io-impl", "dev.tactus.lake.files.DurableFileIO"));
            change.accept(other.loadTable(TableIdentifier.of("tactus", "daily_streams")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LakeFixture open() {
        return open(DiskListener.none());
    }

    private LakeFixture open(DiskListener listener) {
        return open(place(), listener);
    }

    private LakeFixture open(LakePlace place, DiskListener listener) {
        return new LakeFixture(folder, Lake.open(place, LakeFixture.SMALL, InstantSource.system(), listener));
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.address().getPort());
    }

    private LakePlace place() {
        CatalogService service = new CatalogService(uri(), Optional.empty(), new CatalogToken.Said(TOKEN));
        return new LakePlace(folder.toString(), service, folder, Long.MAX_VALUE, Map.of());
    }
}
