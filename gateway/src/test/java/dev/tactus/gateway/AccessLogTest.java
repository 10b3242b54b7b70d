package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.limits.Ticker;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A line of JSON for each request that has ended.
class AccessLogTest {
    private static final String KEY = "X-Api-Key: secret-key\r\n";
    private static final JsonMapper JSON = new JsonMapper();

    private final InstantSource clock = InstantSource.system();

    @TempDir
    private Path folder;

    private Optional<FakeUpstream> upstream = Optional.empty();
    private Optional<ControlPlane> administration = Optional.empty();
    private Optional<Gateway> gateway = Optional.empty();

    @AfterEach
    void close() {
        gateway.ifPresent(Gateway::close);
        administration.ifPresent(ControlPlane::close);
        upstream.ifPresent(FakeUpstream::close);
    }

    @Test
    void aLineSaysWhoAskedForWhatAndWhatBecameOfIt() throws Exception {
        start("access_log: {file: access.log}\n", wire -> wire.answer(200, "twelve bytes"));
        try (HttpTestClient client = client()) {
            client.send("GET /v1/search?q=secret-query HTTP/1.1\r\nHost: a\r\n" + KEY + "User-Agent: robot \"7\"\r\n"
                    + "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
        }
        JsonNode line = lines("access.log", 1).getFirst();
        assertThat(line.path("application").asString()).isEqualTo("radio");
        assertThat(line.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(line.path("method").asString()).isEqualTo("GET");
        assertThat(line.path("path").asString()).isEqualTo("/v1/search");
        assertThat(line.path("protocol").asString()).isEqualTo("HTTP/1.1");
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("by").asString()).isEqualTo("upstream");
        assertThat(line.path("whole").asBoolean()).isTrue();
        assertThat(line.path("bytes").asInt()).isEqualTo(12);
        assertThat(line.path("ms").asDouble()).isPositive();
        assertThat(line.path("user_agent").asString()).isEqualTo("robot \"7\"");
        assertThat(line.path("trace").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(line.toString()).doesNotContain("secret");
    }

    @Test
    void refusalsAreAlwaysWrittenAndOfTheOthersASample() throws Exception {
        start("access_log: {file: access.log, sample: 0%}\n", wire -> wire.answer(200, "fine"));
        try (HttpTestClient client = client()) {
            for (int i = 0; i < 4; i++) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n" + KEY + "\r\n");
                client.read();
            }
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(401);
        }
        List<JsonNode> lines = lines("access.log", 2);
        assertThat(lines).extracting(line -> line.path("status").asInt()).containsExactly(429, 401);
        assertThat(lines).extracting(line -> line.path("by").asString()).containsOnly("gateway");
        assertThat(lines.getLast().has("application")).isFalse();
    }

    @Test
    void anAnswerThatBreaksOffIsNotWhole() throws Exception {
        start("access_log: {file: access.log}\n", wire -> {
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf");
            wire.reset();
        });
        try (HttpTestClient client = client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n" + KEY + "\r\n");
            lines("access.log", 1);
        }
        JsonNode line = lines("access.log", 1).getFirst();
        assertThat(line.path("whole").asBoolean()).isFalse();
    }

    @Test
    void aReloadLetsGoOfAFileThatWasMovedAway() throws Exception {
        start("access_log: {file: access.log}\n", wire -> wire.answer(200, "fine"));
        try (HttpTestClient client = client()) {
            client.send("GET /before HTTP/1.1\r\nHost: a\r\n" + KEY + "\r\n");
            client.read();
            lines("access.log", 1);
            Files.move(folder.resolve("access.log"), folder.resolve("access.log.1"));
            administration.orElseThrow().configure(GatewaySettings.read(folder.resolve("gateway.yaml"), name -> null));
            client.send("GET /after HTTP/1.1\r\nHost: a\r\n" + KEY + "\r\n");
            client.read();
            assertThat(lines("access.log", 1).getFirst().path("path").asString())
                    .isEqualTo("/after");
        }
        assertThat(lines("access.log.1", 1)).hasSize(1);
    }

    @Test
    void whereNothingCanBeWrittenRequestsPassAndLinesAreCounted() throws Exception {
        start("access_log: {file: missing/access.log}\n", wire -> wire.answer(200, "fine"));
        try (HttpTestClient client = client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n" + KEY + "\r\n");
            assertThat(client.read().status()).isEqualTo(200);
        }
        TestGateway.until(() -> metrics().contains("tactus_access_log_dropped_total 1.0"));
    }

    @Test
    void aSampleIsAShare() {
        assertThatThrownBy(() -> start("access_log: {file: a, sample: 120%}\n", wire -> {}))
                .hasMessageContaining("gateway.yaml:");
        assertThatThrownBy(() -> start("access_log: {}\n", wire -> {})).hasMessageContaining("file");
    }

    private String metrics() {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            PrometheusTextFormatWriter.create()
                    .write(out, administration.orElseThrow().registry().scrape());
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The lines, once there are as many.
    private List<JsonNode> lines(String file, int count) throws IOException {
        Path log = folder.resolve(file);
        TestGateway.until(() -> {
            try {
                return Files.exists(log) && Files.readAllLines(log).size() >= count;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return Files.readAllLines(log).stream().map(JSON::readTree).toList();
    }

    private HttpTestClient client() throws IOException {
        return new HttpTestClient(gateway.orElseThrow().address());
    }

    private void start(String yaml, FakeUpstream.Service service) throws IOException {
        FakeUpstream behind = new FakeUpstream(service);
        upstream = Optional.of(behind);
        Path file = Files.writeString(folder.resolve("gateway.yaml"), """
            listen: 127.0.0.1:0
            threads: 1
            limits: [{name: quota, permits: 3, window: 60s}]
            applications: [{id: radio, key_sha256: ["%s"]}]
            upstream: http://127.0.0.1:%d
            %s\
            """.formatted(
                        Sha256.of("secret-key").hex(), behind.port(), yaml));
        GatewaySettings settings = GatewaySettings.read(file, name -> null);
        ControlPlane started = ControlPlane.start(settings, name -> null, clock, Optional::empty);
        administration = Optional.of(started);
        gateway = Optional.of(Gateway.start(settings, started.parts(Ticker.sinceEpoch(clock))));
    }
}
