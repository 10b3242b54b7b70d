package dev.tactus.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.rest.CatalogServer;
import dev.tactus.lake.rest.CatalogServerSettings;
import dev.tactus.lake.table.FileVerdict;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lake's catalog as Iceberg's own client sees it.
class CatalogServerTest {
    private static final String TOKEN = "a token that nobody guesses";
    private static final TableIdentifier STREAMS = TableIdentifier.of("tactus", "daily_streams");
    private static final TableIdentifier TRACKS = TableIdentifier.of("tactus", "tracks");
    private static final Schema ONE_COLUMN =
            new Schema(List.of(Types.NestedField.required(1, "isrc", Types.StringType.get())));

    @TempDir
    Path temporary;

    private final HttpClient http = HttpClient.newHttpClient();
    private LakeFixture lake;
    private Path folder;

    @BeforeEach
    void publish() throws IOException {
        folder = temporary.toRealPath().resolve("lake");
        lake = new LakeFixture(folder);
        lake.streams(1, LakeFixture.DAY, 10, 20).publish("run-1");
    }

    @AfterEach
    void close() {
        lake.close();
        http.close();
    }

    @Test
    void aClientReadsWhatTheLakeHolds() throws IOException {
        try (CatalogServer server = reading();
                RESTCatalog client = client(server, TOKEN)) {
            assertThat(client.listNamespaces()).containsExactly(Namespace.of("tactus"));
            assertThat(client.listTables(Namespace.of("tactus"))).hasSize(LakeTable.values().length);
            Table streams = client.loadTable(STREAMS);
            assertThat(streams.currentSnapshot().snapshotId())
                    .isEqualTo(lake.summary(LakeTable.DAILY_STREAMS).currentSnapshotId());
            assertThat(paths(streams)).hasSize(1).allMatch(path -> path.startsWith(folder.toString()));
            assertThat(client.tableExists(TableIdentifier.of("tactus", "nothing")))
                    .isFalse();
            assertThatThrownBy(() -> client.loadTable(TableIdentifier.of("tactus", "nothing")))
                    .isInstanceOf(NoSuchTableException.class);

            lake.streams(2, LakeFixture.NEXT, 5).publish("run-2");
            streams.refresh();
            assertThat(paths(streams))
                    .as("what was published meanwhile is there")
                    .hasSize(2);
        }
    }

    @Test
    void listsAreCutIntoPagesWhereTheClientWantsIt() throws IOException {
        try (CatalogServer server = reading();
                RESTCatalog client = client(server, TOKEN, Map.of("rest-page-size", "3"))) {
            assertThat(client.listTables(Namespace.of("tactus"))).hasSize(LakeTable.values().length);
        }
    }

    @Test
    void nobodyIsAnsweredWithoutTheToken() throws Exception {
        try (CatalogServer server = reading()) {
            assertThat(ask(server, "", "GET", "/v1/config", "").statusCode()).isEqualTo(401);
            HttpResponse<String> refused = ask(server, "Bearer another", "GET", "/v1/namespaces", "");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(refused.body()).contains("\"type\":\"NotAuthorizedException\"", "\"code\":401");
            assertThatThrownBy(() -> client(server, "another token of the same length"))
                    .isInstanceOf(NotAuthorizedException.class);
        }
    }

    @Test
    void withoutLeaveNothingCanBeChanged() throws Exception {
        try (CatalogServer server = reading();
                RESTCatalog client = client(server, TOKEN)) {
            Table streams = client.loadTable(STREAMS);
            assertThatThrownBy(
                            () -> streams.updateProperties().set("owner", "x").commit())
                    .isInstanceOf(UnsupportedOperationException.class);
            for (String path : List.of("/v1/namespaces/tactus/tables/tracks", "/v1/transactions/commit")) {
                HttpResponse<String> refused = ask(server, "Bearer " + TOKEN, "POST", path, "{}");
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(refused.body()).contains("\"type\":\"ForbiddenException\"", "--write");
            }
            assertThat(ask(server, "Bearer " + TOKEN, "DELETE", "/v1/namespaces/tactus", "")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void whatTheCatalogDoesNotKnowIsNotThere() throws Exception {
        try (CatalogServer server = reading()) {
            assertThat(ask(server, "Bearer " + TOKEN, "GET", "/v1/namespaces/tactus/views/x", "")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(ask(server, "Bearer " + TOKEN, "GET", "/", "").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void damagedMetadataIsNotHandedOut() throws IOException {
        try (CatalogServer server = reading();
                RESTCatalog client = client(server, TOKEN)) {
            Path metadata = Path.of(lake.summary(LakeTable.DAILY_STREAMS).metadata());
            Files.writeString(metadata, Files.readString(metadata).replace("\"total-records\"", "\"total_records\""));
            assertThatThrownBy(() -> client.loadTable(STREAMS))
                    .isInstanceOf(ServiceFailureException.class)
                    .hasMessageContaining("was changed since it was written");
        }
    }

    @Test
    void withLeaveAClientMakesATableOfItsOwn() throws IOException {
        try (CatalogServer server = writing();
                RESTCatalog client = client(server, TOKEN)) {
            client.createNamespace(Namespace.of("team"));
            Table made = client.createTable(TableIdentifier.of("team", "marts"), ONE_COLUMN);
            assertThat(made.location()).isEqualTo(folder + "/team/marts");
            made.updateProperties().set("owner", "x").commit();
            assertThat(client.loadTable(TableIdentifier.of("team", "marts")).properties())
                    .containsEntry("owner", "x");
            assertThat(client.dropTable(TableIdentifier.of("team", "marts"), false))
                    .isTrue();
        }
    }

    @Test
    void whoChangesWhatSomebodyElseHasChangedIsRefused() throws Exception {
        try (CatalogServer server = writing()) {
            String body = """
                {"requirements":[{"type":"assert-ref-snapshot-id","ref":"main","snapshot-id":%d}],
                 "updates":[{"action":"set-properties","updates":{"owner":"x"}}]}\
                """;
            long now =
                    Objects.requireNonNull(lake.summary(LakeTable.DAILY_STREAMS).currentSnapshotId());
            String path = "/v1/namespaces/tactus/tables/daily_streams";
            assertThat(ask(server, "Bearer " + TOKEN, "POST", path, body.formatted(now))
                            .statusCode())
                    .isEqualTo(200);
            HttpResponse<String> refused = ask(server, "Bearer " + TOKEN, "POST", path, body.formatted(now - 1));
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("\"type\":\"CommitFailedException\"");
            assertThat(ask(server, "Bearer " + TOKEN, "POST", path, "{\"requirements\":")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void severalTablesChangeTogetherOrNotAtAll() throws IOException {
        try (CatalogServer server = writing();
                RESTCatalog client = client(server, TOKEN)) {
            String streamsBefore = lake.summary(LakeTable.DAILY_STREAMS).metadata();
            TableMetadata streams = metadata(client, STREAMS);
            TableMetadata tracks = metadata(client, TRACKS);
            client.loadTable(TRACKS)
                    .updateSchema()
                    .addColumn("note", Types.StringType.get())
                    .commit();
            assertThatThrownBy(() -> client.commitTransaction(
                            owned(STREAMS, streams), commit(TRACKS, tracks, column(tracks, "second"))))
                    .isInstanceOf(CommitFailedException.class);
            assertThat(lake.summary(LakeTable.DAILY_STREAMS).metadata()).isEqualTo(streamsBefore);

            client.commitTransaction(owned(STREAMS, streams), owned(TRACKS, metadata(client, TRACKS)));
            assertThat(client.loadTable(STREAMS).properties()).containsEntry("owner", "x");
            assertThat(client.loadTable(TRACKS).properties()).containsEntry("owner", "x");
            assertThat(lake.lake.table(LakeTable.DAILY_STREAMS).metadataVerdicts())
                    .as("the digests of what was written are noted, and readers by path see it")
                    .allMatch(FileVerdict.Sound.class::isInstance);
        }
        lake.streams(3, LakeFixture.NEXT, 7).publish("run-3");
        assertThat(lake.ask("SELECT sum(stream_count) FROM daily_streams")).containsExactly("37");
    }

    @Test
    void noClientReachesOutOfTheLake() throws Exception {
        try (CatalogServer server = writing();
                RESTCatalog client = client(server, TOKEN)) {
            client.createNamespace(Namespace.of("team"));
            TableIdentifier marts = TableIdentifier.of("team", "marts");
            for (String place : List.of("/tmp/elsewhere", folder + "/../elsewhere", folder + "-beside/x")) {
                assertThatThrownBy(() -> client.buildTable(marts, ONE_COLUMN)
                                .withLocation(place)
                                .create())
                        .isInstanceOf(ForbiddenException.class);
                assertThatThrownBy(() -> client.registerTable(marts, place + "/00001-x.metadata.json"))
                        .isInstanceOf(ForbiddenException.class);
                assertThatThrownBy(() -> client.loadTable(STREAMS)
                                .updateLocation()
                                .setLocation(place)
                                .commit())
                        .isInstanceOf(ForbiddenException.class);
                assertThatThrownBy(() -> client.loadTable(STREAMS)
                                .updateProperties()
                                .set("write.metadata.path", place)
                                .commit())
                        .isInstanceOf(ForbiddenException.class);
            }
            assertThat(ask(server, "Bearer " + TOKEN, "POST", "/v1/namespaces", "{\"namespace\":[\"..\"]}")
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(temporary.toRealPath().resolve("elsewhere")).doesNotExist();
    }

    @Test
    void noClientTakesTheLakesOwnTablesAway() throws IOException {
        try (CatalogServer server = writing();
                RESTCatalog client = client(server, TOKEN)) {
            assertThatThrownBy(() -> client.dropTable(STREAMS)).isInstanceOf(ForbiddenException.class);
            assertThatThrownBy(() -> client.renameTable(STREAMS, TRACKS)).isInstanceOf(ForbiddenException.class);
            assertThatThrownBy(() -> client.dropNamespace(Namespace.of("tactus")))
                    .isInstanceOf(ForbiddenException.class);
        }
    }

    private static TableCommit owned(TableIdentifier table, TableMetadata base) {
        return commit(
                table,
                base,
                TableMetadata.buildFrom(base)
                        .setProperties(Map.of("owner", "x"))
                        .build());
    }

    private static TableMetadata column(TableMetadata base, String name) {
        return base.updateSchema(new Schema(Stream.concat(
                        base.schema().columns().stream(),
                        Stream.of(Types.NestedField.optional(base.lastColumnId() + 1, name, Types.StringType.get())))
                .toList()));
    }

    private static TableCommit commit(TableIdentifier table, TableMetadata base, TableMetadata changed) {
        return TableCommit.create(table, base, changed);
    }

    private static TableMetadata metadata(RESTCatalog client, TableIdentifier table) {
        return ((HasTableOperations) client.loadTable(table)).operations().current();
    }

    private static List<String> paths(Table table) throws IOException {
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            return StreamSupport.stream(files.spliterator(), false)
                    .map(task -> task.file().location())
                    .toList();
        }
    }

    private CatalogServer reading() throws IOException {
        return start(false);
    }

    private CatalogServer writing() throws IOException {
        return start(true);
    }

    private CatalogServer start(boolean writable) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return lake.lake.offer(new CatalogServerSettings(any, Sha256.of(TOKEN), writable, Map.of()));
    }

    private static RESTCatalog client(CatalogServer server, String token) {
        return client(server, token, Map.of());
    }

    private static RESTCatalog client(CatalogServer server, String token, Map<String, String> more) {
        RESTCatalog client = new RESTCatalog();
        Map<String, String> properties = new HashMap<>(Map.of(
                "uri",
                "http://127.0.0.1:" + server.address().getPort(),
                "token",
                token,
                "io-impl",
                DurableFileIO.class.getName(),
                // a failure is told at once
                "rest.client.max-retries",
                "1"));
        properties.putAll(more);
        client.initialize("lake", properties);
        return client;
    }

    private HttpResponse<String> ask(
            CatalogServer server, String authorization, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
