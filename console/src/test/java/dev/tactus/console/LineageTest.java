package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tactus.console.config.LineageSettings;
import dev.tactus.console.lineage.Lineage;
import dev.tactus.console.lineage.OpenLineageSender;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.Machine;
import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.settings.Section;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LineageTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Lineage.Data CATALOG = Lineage.Data.of("file", "/label/catalog.csv");
    private static final Lineage.Data STREAMS = new Lineage.Data(
            "file:///label/lake", "tactus.daily_streams", Optional.of(7_295_912_345_678_901_234L), OptionalLong.of(42));

    @TempDir
    private Path folder;

    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @Test
    void tellsOfEachRunsBeginAndEnd() throws IOException {
        try (Lineage lineage = to(file())) {
            try (Lineage.Task task = lineage.begin("sync.spotify", List.of(CATALOG))) {
                task.complete(List.of(CATALOG), List.of(STREAMS), JsonObject.of("run_id", "r1"));
            }
            try (Lineage.Task task = lineage.begin("reports.import", List.of(CATALOG))) {
                task.fail("line 3 is cut off");
            }
            try (Lineage.Task task = lineage.begin("sync.spotify", List.of(CATALOG))) {
                task.abort(new JsonObject());
            }
            lineage.begin("reconcile.spotify", List.of()).close();
        }

        List<JsonNode> events = events();
        assertThat(events)
                .extracting(event -> event.path("eventType").asString())
                .containsExactly("START", "COMPLETE", "START", "FAIL", "START", "ABORT", "START", "FAIL");
        for (int i = 0; i < events.size(); i += 2) {
            String id = events.get(i).path("run").path("runId").asString();
            assertThat(events.get(i + 1).path("run").path("runId").asString()).isEqualTo(id);
            assertThat(events.get(i + 1).path("job")).isEqualTo(events.get(i).path("job"));
        }
        assertThat(events.stream()
                        .map(e -> e.path("run").path("runId").asString())
                        .distinct())
                .hasSize(4);
        assertThat(events.get(3).at("/run/facets/errorMessage/message").asString())
                .isEqualTo("line 3 is cut off");
        assertThat(said).isEmpty();
    }

    @Test
    void namesSnapshotsAndRowsInTheFormOfTheSpecification() throws IOException {
        try (Lineage lineage = to(file());
                Lineage.Task task = lineage.begin("sync.spotify", List.of(CATALOG))) {
            task.complete(List.of(CATALOG), List.of(STREAMS), JsonObject.of("run_id", "r1"));
        }

        JsonNode complete = events().getLast();
        assertThat(complete.path("schemaURL").asString()).endsWith("OpenLineage.json#/$defs/RunEvent");
        assertThat(complete.path("eventTime").asString()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(complete.path("producer").asString()).startsWith("https://");
        assertThat(complete.at("/job/namespace").asString()).isEqualTo("label");
        assertThat(complete.at("/inputs/0/name").asString()).isEqualTo("/label/catalog.csv");
        JsonNode output = complete.at("/outputs/0");
        assertThat(output.path("name").asString()).isEqualTo("tactus.daily_streams");
        assertThat(output.at("/facets/version/datasetVersion").asString()).isEqualTo("7295912345678901234");
        assertThat(output.at("/outputFacets/outputStatistics/rowCount").asLong())
                .isEqualTo(42);
        assertThat(complete.at("/run/facets/tactus/run_id").asString()).isEqualTo("r1");
    }

    /// Against OpenLineage's own schemas: each event, and each facet by the version that it names.
    @Test
    void holdsToOpenLineagesSchemas() throws IOException {
        try (Lineage lineage = to(file())) {
            try (Lineage.Task task = lineage.begin("sync.spotify", List.of(CATALOG))) {
                task.complete(
                        List.of(CATALOG),
                        List.of(STREAMS),
                        JsonObject.of("run_id", "r1").put("planned", 12L));
            }
            try (Lineage.Task task = lineage.begin("reports.import", List.of(CATALOG))) {
                task.fail("line 3 is cut off");
            }
            try (Lineage.Task task = lineage.begin("sync.spotify", List.of())) {
                task.abort(JsonObject.of("run_id", "r2"));
            }
        }
        OpenLineageSchemas schemas = new OpenLineageSchemas();
        assertThat(events())
                .hasSize(6)
                .allSatisfy(event -> assertThat(schemas.complaints(event)).isEmpty());

        ObjectNode spoilt = (ObjectNode) events().get(1);
        spoilt.remove("producer");
        ((ObjectNode) spoilt.at("/run")).put("runId", "r1");
        ((ObjectNode) spoilt.at("/job/facets/jobType")).remove("integration");
        ((ObjectNode) spoilt.at("/outputs/0/outputFacets/outputStatistics")).put("rowCount", "many");
        assertThat(String.join("\n", schemas.complaints(spoilt)))
                .contains("producer", "runId", "integration", "rowCount");
    }

    @Test
    void sendsToAServerWithItsKey() throws IOException {
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/lineage", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + JSON.readTree(exchange.getRequestBody().readAllBytes())
                            .path("eventType")
                            .asString());
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        server.start();
        try (Lineage lineage = to(new LineageSettings.Target.Server(
                        address(server.getAddress().getPort()), Optional.of("secret")));
                Lineage.Task task = lineage.begin("sync.spotify", List.of(CATALOG))) {
            task.complete(List.of(CATALOG), List.of(STREAMS), new JsonObject());
        } finally {
            server.stop(0);
        }
        assertThat(received).containsExactly("Bearer secret START", "Bearer secret COMPLETE");
        assertThat(said).isEmpty();
    }

    @Test
    void saysWhatDidNotArriveAndGoesOn() throws IOException {
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // and does not listen
            int port = nobody.getLocalPort();
            try (Lineage lineage = to(new LineageSettings.Target.Server(address(port), Optional.of("secret")));
                    Lineage.Task task = lineage.begin("sync.spotify", List.of())) {
                task.complete(List.of(), List.of(), new JsonObject());
            }
            assertThat(said)
                    .singleElement()
                    .asString()
                    .contains("2 events did not reach http://127.0.0.1:" + port)
                    .contains("nothing else is affected")
                    .doesNotContain("secret");
        }
    }

    @Test
    void doesNotWaitLongForAServerThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            LineageSettings settings = new LineageSettings(
                    "label",
                    new LineageSettings.Target.Server(address(silent.getLocalPort()), Optional.empty()),
                    Duration.ofMillis(200));
            try (Lineage lineage = new OpenLineageSender(settings, clock(), said::add);
                    Lineage.Task task = lineage.begin("sync.spotify", List.of())) {
                task.complete(List.of(), List.of(), new JsonObject());
            }
        }
        assertThat(said).singleElement().asString().contains("did not reach");
    }

    @Test
    void saysThatAFileCantBeWritten() {
        try (Lineage lineage = to(new LineageSettings.Target.File(folder.resolve("absent/lineage.ndjson")))) {
            lineage.begin("sync.spotify", List.of()).close();
        }
        assertThat(said)
                .singleElement()
                .asString()
                .contains("2 events did not reach")
                .contains("absent");
    }

    @Test
    void refusesWhatItCantUse() throws IOException {
        assertThatThrownBy(() -> read("namespace: label"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("file:");
        assertThatThrownBy(() -> read("file: a\nurl: http://localhost")).isInstanceOf(InvalidConfiguration.class);
        assertThatThrownBy(() -> read("file: a\napi_key: b")).isInstanceOf(InvalidConfiguration.class);
        assertThatThrownBy(() -> read("file: a\ntimeout: 5m")).isInstanceOf(InvalidConfiguration.class);
        assertThat(read("file: a.ndjson").target())
                .isEqualTo(new LineageSettings.Target.File(folder.resolve("a.ndjson")));
    }

    /// A reconciliation by the command line: the tables' snapshots on both sides.
    @Test
    void tellsOfReconciliations() throws IOException {
        ConfiguredFolder settled =
                ConfiguredFolder.in(folder, URI.create("http://localhost:1"), ConfiguredFolder.CATALOG);
        Files.writeString(
                settled.config(),
                ConfiguredFolder.yaml(URI.create("http://localhost:1"), "lineage: {file: lineage.ndjson}\n"));
        Path report = folder.resolve("report.tsv");
        Files.writeString(
                report,
                "Spotify report\n"
                        + "month\t2026-10\n"
                        + "Country\tLabel\tProduct\tURI\tUPC\tEAN\tISRC\tTrack name\tArtist name\tComposer name\tAlbum"
                        + " name\tQuantity\tUSD Payable\n"
                        + "DE\tL\tPremium\t\t\t\tGBNTT0565368\tOne\tA\t\t\t12\t0.04\n");
        assertThat(run("reports", "import", report.toString())).isZero();
        assertThat(run("reconcile", "--period", "2026-10", "--source", "simulated"))
                .isZero();
        assertThat(run("close", "--period", "2026-10", "--source", "simulated", "--by", "Ada"))
                .isZero();
        Files.writeString(folder.resolve("broken.csv"), "nothing\n");
        assertThat(run("reports", "import", folder.resolve("broken.csv").toString()))
                .isNotZero();

        List<JsonNode> events = events();
        assertThat(events)
                .extracting(event -> event.at("/job/name").asString() + " "
                        + event.path("eventType").asString())
                .containsExactly(
                        "reports.import START",
                        "reports.import COMPLETE",
                        "reconcile.simulated START",
                        "reconcile.simulated COMPLETE",
                        "close.simulated START",
                        "close.simulated COMPLETE",
                        "reports.import START",
                        "reports.import FAIL");
        OpenLineageSchemas schemas = new OpenLineageSchemas();
        assertThat(events)
                .allSatisfy(event -> assertThat(schemas.complaints(event)).isEmpty());
        JsonNode imported = events.get(1);
        assertThat(imported.at("/outputs/0/name").asString()).isEqualTo("tactus.sales");
        assertThat(imported.at("/outputs/0/outputFacets/outputStatistics/rowCount")
                        .asLong())
                .isEqualTo(1);
        String sales = imported.at("/outputs/0/facets/version/datasetVersion").asString();
        assertThat(sales).matches("\\d+");
        JsonNode reconciled = events.get(3);
        assertThat(reconciled
                        .path("inputs")
                        .valueStream()
                        .filter(input -> input.path("name").asString().equals("tactus.sales"))
                        .map(input -> input.at("/facets/version/datasetVersion").asString()))
                .containsExactly(sales);
        assertThat(reconciled.at("/outputs/0/name").asString()).isEqualTo("tactus.reconciled");
        assertThat(reconciled
                        .at("/outputs/0/outputFacets/outputStatistics/rowCount")
                        .asLong())
                .isEqualTo(1);
        assertThat(events.get(5).at("/run/facets/tactus/close_id").asString()).isEqualTo("0001-simulated-2026-10");
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", folder.resolve("tactus.yaml").toString()));
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Tactus.run(new Console(out, out, name -> null, Machine.with(clock()), 0), all.toArray(String[]::new));
    }

    private LineageSettings read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("lineage.yaml"), yaml);
        return LineageSettings.read(Section.read(file, name -> null), folder);
    }

    private Lineage to(LineageSettings.Target target) {
        return new OpenLineageSender(new LineageSettings("label", target, Duration.ofSeconds(20)), clock(), said::add);
    }

    private LineageSettings.Target file() {
        return new LineageSettings.Target.File(folder.resolve("lineage.ndjson"));
    }

    private List<JsonNode> events() throws IOException {
        return Files.readAllLines(folder.resolve("lineage.ndjson")).stream()
                .map(JSON::readTree)
                .toList();
    }

    private static InstantSource clock() {
        return InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port + "/api/v1/lineage");
    }
}
