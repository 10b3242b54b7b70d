package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.limits.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Traces go on through the gateway, and its spans reach a collector.
class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "traceparent: 00-" + TRACE + "-b7ad6b7169203331-01";

    @TempDir
    Path folder;

    private final List<JsonNode> batches = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private volatile int status = 200;
    private HttpServer collector;
    private FakeUpstream upstream;
    private Optional<ControlPlane> control = Optional.empty();
    private Optional<Gateway> gateway = Optional.empty();

    @BeforeEach
    void startCollector() throws IOException {
        upstream = FakeUpstream.saying("ok");
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            try (exchange) {
                authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
                JsonNode said = new JsonMapper()
                        .readTree(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                if (status == 200) {
                    batches.add(said);
                }
                exchange.sendResponseHeaders(status, -1);
            }
        });
        collector.start();
        environment.put(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + collector.getAddress().getPort());
        environment.put("OTEL_BSP_SCHEDULE_DELAY", "50");
    }

    @AfterEach
    void close() {
        gateway.ifPresent(Gateway::close);
        control.ifPresent(ControlPlane::close);
        upstream.close();
        collector.stop(0);
    }

    private HttpTestClient start() throws IOException {
        Path file = Files.writeString(
                folder.resolve("gateway.yaml"),
                "listen: 127.0.0.1:0\nthreads: 1\nlimits: [{name: quota, permits: 3, window: 1h}]\n"
                        + "upstream: http://127.0.0.1:" + upstream.port() + "\n");
        GatewaySettings settings = GatewaySettings.read(file, name -> null);
        ControlPlane started = ControlPlane.start(settings, environment::get, InstantSource.system(), Optional::empty);
        control = Optional.of(started);
        Gateway running = Gateway.start(settings, started.parts(Ticker.sinceEpoch(InstantSource.system())));
        gateway = Optional.of(running);
        return new HttpTestClient(running.address());
    }

    private List<JsonNode> spans(int many) {
        TestGateway.until(() -> all().size() >= many);
        return all();
    }

    private List<JsonNode> all() {
        return batches.stream()
                .flatMap(batch -> batch.path("resourceSpans")
                        .path(0)
                        .path("scopeSpans")
                        .path(0)
                        .path("spans")
                        .valueStream())
                .toList();
    }

    private static String attribute(JsonNode of, String key) {
        return of.path("attributes")
                .valueStream()
                .filter(each -> each.path("key").asString().equals(key))
                .map(each -> each.path("value").iterator().next().asString())
                .findFirst()
                .orElse("");
    }

    @Test
    void aTraceGoesOnWithTheGatewaysSpanInIt() throws Exception {
        environment.put("OTEL_SERVICE_NAME", "edge");
        environment.put("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=a%20b");
        environment.put("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20s3cret");
        try (HttpTestClient client = start()) {
            client.get("/v1/search?key=hidden", PARENT, "tracestate: a=b", "User-Agent: probe");
        }
        JsonNode span = spans(1).getFirst();
        String sent = upstream.seen().getFirst().field("traceparent");
        assertThat(sent).isEqualTo("00-" + TRACE + "-" + span.path("spanId").asString() + "-01");
        assertThat(upstream.seen().getFirst().field("tracestate")).isEqualTo("a=b");
        assertThat(span.path("traceId").asString()).isEqualTo(TRACE);
        assertThat(span.path("parentSpanId").asString()).isEqualTo("b7ad6b7169203331");
        assertThat(span.path("name").asString()).isEqualTo("GET");
        assertThat(span.path("kind").asInt()).isEqualTo(2);
        assertThat(Long.parseLong(span.path("endTimeUnixNano").asString()))
                .isGreaterThanOrEqualTo(
                        Long.parseLong(span.path("startTimeUnixNano").asString()));
        assertThat(attribute(span, "url.path")).isEqualTo("/v1/search");
        assertThat(attribute(span, "http.response.status_code")).isEqualTo("200");
        assertThat(attribute(span, "tactus.answered_by")).isEqualTo("upstream");
        assertThat(batches.toString()).doesNotContain("hidden").doesNotContain("s3cret");
        JsonNode resource = batches.getFirst().path("resourceSpans").path(0).path("resource");
        assertThat(attribute(resource, "service.name")).isEqualTo("edge");
        assertThat(attribute(resource, "deployment.environment.name")).isEqualTo("a b");
        assertThat(authorizations).contains("Bearer s3cret");
    }

    @Test
    void whereThereIsNoneOrNoneThatCanBeReadATraceBegins() throws Exception {
        List<String> unreadable = List.of(
                "X: y",
                "traceparent: 00-" + "0".repeat(32) + "-b7ad6b7169203331-01",
                "traceparent: ff-" + TRACE + "-b7ad6b7169203331-01\r\ntracestate: a=b",
                PARENT + "\r\n" + PARENT + "\r\ntracestate: a=b");
        try (HttpTestClient client = start()) {
            for (String field : unreadable) {
                client.get("/", field);
            }
        }
        List<JsonNode> spans = spans(4);
        assertThat(spans).allSatisfy(span -> {
            assertThat(span.path("traceId").asString()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
            assertThat(span.has("parentSpanId")).isFalse();
        });
        assertThat(upstream.seen()).hasSize(3).allSatisfy(seen -> {
            assertThat(seen.field("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
            assertThat(seen.field("tracestate")).isEmpty();
        });
        JsonNode refused = spans.getLast();
        assertThat(attribute(refused, "http.response.status_code")).isEqualTo("429");
        assertThat(attribute(refused, "tactus.answered_by")).isEqualTo("gateway");
    }

    /// One of ours that says "not sampled" would keep those behind us from sampling.
    @Test
    void withoutACollectorWhatComesPassesAndNothingIsMade() throws Exception {
        environment.put("OTEL_SDK_DISABLED", "true");
        try (HttpTestClient client = start()) {
            client.get("/", PARENT);
            client.get("/");
        }
        assertThat(upstream.seen())
                .extracting(seen -> seen.field("traceparent"))
                .containsExactly(PARENT.substring("traceparent: ".length()), "");
        assertThat(batches).isEmpty();
    }

    @Test
    void theCallersDecisionHoldsUnlessItIsNotAsked() throws Exception {
        try (HttpTestClient client = start()) {
            client.get("/", PARENT.replaceAll("01$", "00"));
            client.get("/", PARENT);
        }
        assertThat(spans(1)).hasSize(1);
        assertThat(upstream.seen().getFirst().field("traceparent"))
                .startsWith("00-" + TRACE)
                .endsWith("-00");
        close();
        batches.clear();
        startCollector();
        environment.put("OTEL_TRACES_SAMPLER", "always_off");
        try (HttpTestClient client = start()) {
            client.get("/", PARENT);
        }
        assertThat(upstream.seen().getFirst().field("traceparent")).endsWith("-00");
    }

    @Test
    void aCollectorThatIsAwayHoldsNobodyUpAndIsCounted() throws Exception {
        status = 400;
        try (HttpTestClient client = start()) {
            assertThat(client.get("/").status()).isEqualTo(200);
            TestGateway.until(() -> control.orElseThrow().tracer().dropped() == 1);
            status = 200;
            client.get("/");
            assertThat(spans(1)).hasSize(1);
            TestGateway.until(() -> control.orElseThrow().tracer().sent() == 1);
        }
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                        "OTEL_TRACES_EXPORTER", "zipkin",
                        "OTEL_TRACES_SAMPLER", "sometimes",
                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "localhost:4317",
                        "OTEL_BSP_SCHEDULE_DELAY", "-1",
                        "OTEL_RESOURCE_ATTRIBUTES", "edge")
                .entrySet()) {
            Optional<String> before = Optional.ofNullable(environment.put(wrong.getKey(), wrong.getValue()));
            assertThatThrownBy(this::start)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong.getKey());
            environment.remove(wrong.getKey());
            before.ifPresent(value -> environment.put(wrong.getKey(), value));
        }
    }
}
