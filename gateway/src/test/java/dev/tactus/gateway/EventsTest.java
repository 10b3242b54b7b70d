package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.FakeUpstream.Wire;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.limits.Ticker;
import dev.tactus.webhook.WebhookSigner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Events in place of polling, over real sockets: an upstream that has none, a gateway that asks it, and subscribers.
class EventsTest {
    private static final String EVENTS = """
            events:
              resources:
                - {path: /v1/players/*/state, every: 50ms, public: true, headers: {X-Operator: "1"}}
                - {path: /v1/private/*, every: 50ms}
              callbacks: {private_addresses: true}
              publish_token: publish-me
            """;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger version = new AtomicInteger(1);
    /// How often the upstream had to say all of it, since whoever asked did not know it yet.
    private final AtomicInteger told = new AtomicInteger();
    private FakeUpstream upstream;

    @SuppressWarnings("NullAway.Init") // started by each test
    private ControlPlane control;

    @SuppressWarnings("NullAway.Init")
    private Gateway gateway;

    @BeforeEach
    void startUpstream() throws IOException {
        upstream = new FakeUpstream(wire -> {
            String etag = "\"" + version.get() + "\"";
            if (wire.request().start().contains("/v1/private/")
                    && !wire.request().field("X-Api-Key").equals("key-radio")) {
                wire.answer(403, "no");
            } else if (wire.request().field("If-None-Match").equals(etag)) {
                wire.send("HTTP/1.1 304 Not Modified\r\n\r\n");
            } else {
                told.incrementAndGet();
                wire.answer(
                        200, "{\"version\":" + version.get() + "}", "ETag: " + etag, "Content-Type: application/json");
            }
        });
    }

    @AfterEach
    void close() {
        stop();
        upstream.close();
        http.shutdownNow();
    }

    @Test
    void aChangeReachesACallbackSignedAndOnce() throws Exception {
        start(EVENTS);
        List<Received> received = new CopyOnWriteArrayList<>();
        try (FakeUpstream callback = callback(received)) {
            JsonNode made = subscribe("radio", "/v1/players/42/state", callback, 201);
            assertThat(Instant.parse(made.path("expires_at").asString())).isAfter(Instant.now());
            version.set(2);
            TestGateway.until(() -> received.size() == 1);
            Received first = received.getFirst();
            JsonNode event = new JsonMapper().readTree(first.body());
            assertThat(event.path("specversion").asString()).isEqualTo("1.0");
            assertThat(event.path("subject").asString()).isEqualTo("/v1/players/42/state");
            assertThat(event.path("data").path("version").asInt()).isEqualTo(2);
            assertThat(first.head().field("webhook-signature"))
                    .isEqualTo(WebhookSigner.of(made.path("secret").asString())
                            .sign(
                                    first.head().field("webhook-id"),
                                    Instant.ofEpochSecond(
                                            Long.parseLong(first.head().field("webhook-timestamp"))),
                                    first.body()));
            version.set(3);
            TestGateway.until(() -> received.size() == 2);
            assertThat(received.get(1).body()).contains("\"version\":3");

            JsonNode again = subscribe("radio", "/v1/players/42/state", callback, 200);
            assertThat(again.path("id")).isEqualTo(made.path("id"));
        }
        assertThat(upstream.seen())
                .as("asked with the operator's field, and with no caller's key")
                .allSatisfy(seen -> assertThat(seen.field("X-Operator")).isEqualTo("1"))
                .noneSatisfy(seen -> assertThat(seen.has("X-Api-Key")).isTrue())
                .noneSatisfy(seen -> assertThat(seen.has("X-Tactus-Internal")).isTrue());
    }

    @Test
    void oneRequestServesAllSubscribers() throws Exception {
        start(EVENTS);
        String tv = id(post("tv", "/subscriptions", "{\"resource\": \"/v1/players/1/state\"}", 201));
        String radio = id(post("radio", "/subscriptions", "{\"resource\": \"/v1/players/1/state\"}", 201));
        int before = told.get();
        version.set(2);
        TestGateway.until(() -> events("tv", tv, 0).size() == 1);
        TestGateway.until(() -> events("radio", radio, 0).size() == 1);
        assertThat(told.get() - before).as("one line of requests").isEqualTo(1);
        assertThat(get("radio", "/subscriptions/" + tv).statusCode()).isEqualTo(404);
        assertThat(get("radio", "/subscriptions/" + tv + "/events").statusCode())
                .isEqualTo(404);
        assertThat(get("nobody", "/subscriptions").statusCode()).isEqualTo(401);
    }

    @Test
    void aReaderOfTheStreamGoesOnWhereItWas() throws Exception {
        start(EVENTS);
        String id = id(post("radio", "/subscriptions", "{\"resource\": \"/v1/players/1/state\"}", 201));
        version.set(2);
        TestGateway.until(() -> events("radio", id, 0).size() == 1);
        long first = events("radio", id, 0).get(0).path("id").asString().equals("evt_1") ? 1 : -1;
        assertThat(first).isEqualTo(1);
        HttpResponse<java.io.InputStream> stream = http.send(
                request("radio", "/subscriptions/" + id + "/events")
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", "1")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
        version.set(3);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (!line.startsWith("data:")) {
                assertThat(line).doesNotContain("id: 1");
                line = lines.readLine();
            }
            assertThat(line).contains("\"version\":3");
        }
    }

    @Test
    void nobodyIsToldOfWhatItCouldNotAskFor() throws Exception {
        start(EVENTS);
        assertThat(post("tv", "/subscriptions", "{\"resource\": \"/v1/private/1\"}", 403)
                        .path("error")
                        .asString())
                .contains("403");
        String id = id(post("radio", "/subscriptions", "{\"resource\": \"/v1/private/1\"}", 201));
        version.set(2);
        TestGateway.until(() -> events("radio", id, 0).size() == 1);
        assertThat(upstream.seen().getLast().field("X-Api-Key")).isEqualTo("key-radio");
        post("radio", "/subscriptions", "{\"resource\": \"/v1/other\"}", 404);
        post("radio", "/subscriptions", "{\"resource\": \"/v1/players/../state\"}", 404);
        post("radio", "/subscriptions", "[]", 400);
        post("radio", "/subscriptions", "{", 400);
    }

    @Test
    void aCallbackMustBeOneThatWantsEventsAndIsOnTheInternet() throws Exception {
        start(EVENTS);
        try (FakeUpstream silent = FakeUpstream.saying("ok")) {
            assertThat(subscribe("radio", "/v1/players/1/state", silent, 400)
                            .path("error")
                            .asString())
                    .contains("WebHook-Allowed-Origin");
        }
        stop();
        start(EVENTS.replace("private_addresses: true", "private_addresses: false"));
        List<Received> received = new CopyOnWriteArrayList<>();
        try (FakeUpstream callback = callback(received)) {
            assertThat(subscribe("radio", "/v1/players/1/state", callback, 400)
                            .path("error")
                            .asString())
                    .contains("private address");
            for (String to :
                    List.of("ftp://a/", "http://u:p@a/", "x", "http://[::ffff:127.0.0.1]:" + callback.port())) {
                post(
                        "radio",
                        "/subscriptions",
                        "{\"resource\": \"/v1/players/1/state\", \"callback\": \"" + to + "\"}",
                        400);
            }
            assertThat(callback.seen()).isEmpty();
        }
    }

    @Test
    void whatTheUpstreamPostsIsDeliveredInOrderAndAfterARestart() throws Exception {
        start(EVENTS);
        List<Received> received = new CopyOnWriteArrayList<>();
        AtomicInteger failures = new AtomicInteger(2);
        try (FakeUpstream callback = callback(received)) {
            FakeUpstream.Service taking = wire -> answer(wire, received);
            callback.becomes(wire -> {
                if (!wire.request().start().startsWith("OPTIONS") && failures.getAndDecrement() > 0) {
                    wire.answer(503, "later");
                } else {
                    taking.serve(wire);
                }
            });
            subscribe("radio", "/v1/players/9/state", callback, 201);
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> posted =
                        publish("publish-me", "{\"resource\": \"/v1/players/9/state\", \"data\": {\"n\": " + i + "}}");
                assertThat(posted.statusCode()).isEqualTo(202);
            }
            assertThat(publish("wrong-token", "{}").statusCode()).isEqualTo(401);
            assertThat(publish("publish-me", "{\"resource\": \"/elsewhere\"}").statusCode())
                    .isEqualTo(400);
            stop();
            start(EVENTS);
            TestGateway.until(() -> received.size() >= 3);
            assertThat(received.stream()
                            .map(each -> new JsonMapper()
                                    .readTree(each.body())
                                    .path("data")
                                    .path("n")
                                    .asInt())
                            .distinct()
                            .toList())
                    .containsExactly(0, 1, 2);
        }
    }

    @Test
    void pollersAreFound() throws Exception {
        start(EVENTS);
        for (int i = 0; i < 60; i++) {
            if (i == 30) {
                version.set(2);
            }
            assertThat(get("radio", "/v1/players/7/state").statusCode()).isEqualTo(200);
        }
        JsonNode polling = new JsonMapper()
                .readTree(http.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                                + control.address()
                                                        .orElseThrow()
                                                        .getPort() + "/usage"))
                                        .header("Authorization", "Bearer admin")
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .path("polling");
        assertThat(polling.size()).isEqualTo(1);
        assertThat(polling.path(0).path("application").asString()).isEqualTo("radio");
        assertThat(polling.path(0).path("resource").asString()).isEqualTo("/v1/players/7/state");
        assertThat(polling.path(0).path("requests").asInt()).isEqualTo(60);
        assertThat(polling.path(0).path("changed").asInt()).isEqualTo(1);
        assertThat(polling.path(0).path("subscribe").asString()).isEqualTo("/subscriptions");
    }

    @Test
    void aRefusalTellsAPollerWhereToSubscribeWhereTheOperatorWishesSo() throws Exception {
        start(EVENTS.replace("events:\n", "events:\n  link: true\n")
                + "limits: [{name: quota, permits: 60, window: 600s}]\n");
        for (int i = 0; i < 60; i++) {
            assertThat(get("radio", "/v1/players/7/state").headers().firstValue("Link"))
                    .isEmpty();
        }

        assertThat(get("radio", "/v1/players/7/state").headers().firstValue("Link"))
                .contains("</subscriptions>; rel=\"monitor\";"
                        + " title=\"you asked 60 times, 0 answers changed; subscribe instead\"");
        HttpResponse<String> other = get("radio", "/v1/players/8/state");
        assertThat(other.statusCode()).isEqualTo(429);
        assertThat(other.headers().firstValue("Link")).as("not asked before").isEmpty();
    }

    @Test
    void withoutTheWishARefusalSaysNothingOfSubscriptions() throws Exception {
        start(EVENTS + "limits: [{name: quota, permits: 60, window: 600s}]\n");
        for (int i = 0; i < 60; i++) {
            get("radio", "/v1/players/7/state");
        }

        HttpResponse<String> refused = get("radio", "/v1/players/7/state");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Link")).isEmpty();
    }

    private record Received(Wire.Message head, String body) {}

    private static FakeUpstream callback(List<Received> received) throws IOException {
        return new FakeUpstream(wire -> answer(wire, received));
    }

    private static void answer(Wire wire, List<Received> received) throws IOException {
        if (wire.request().start().startsWith("OPTIONS")) {
            wire.answer(200, "", "WebHook-Allowed-Origin: " + wire.request().field("WebHook-Request-Origin"));
        } else {
            String body = Wire.readBody(wire.in(), wire.request());
            received.add(new Received(wire.request(), body));
            wire.send("HTTP/1.1 204 No Content\r\n\r\n");
        }
    }

    private JsonNode subscribe(String application, String resource, FakeUpstream callback, int status)
            throws Exception {
        return post(
                application,
                "/subscriptions",
                "{\"resource\": \"" + resource + "\", \"callback\": \"http://127.0.0.1:" + callback.port() + "/hook\"}",
                status);
    }

    private JsonNode post(String application, String path, String body, int status) throws Exception {
        HttpResponse<String> answer = http.send(
                request(application, path)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonMapper().readTree(answer.body());
    }

    private HttpResponse<String> publish(String token, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.address().getPort() + "/events"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String id(JsonNode made) {
        return made.path("id").asString();
    }

    private JsonNode events(String application, String id, long after) {
        try {
            HttpResponse<String> answer = get(application, "/subscriptions/" + id + "/events?after=" + after);
            assertThat(answer.statusCode()).isEqualTo(200);
            return new JsonMapper().readTree(answer.body()).path("events");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String application, String path) throws Exception {
        return http.send(request(application, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String application, String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.address().getPort() + path))
                .header("X-Api-Key", "key-" + application);
    }

    private void start(String yaml) throws Exception {
        Path file = Files.writeString(
                folder.resolve("gateway.yaml"),
                """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                upstream: http://127.0.0.1:%d
                threads: 2
                limits: []
                applications:
                  - {id: radio, key_sha256: ["%s"]}
                  - {id: tv, key_sha256: ["%s"]}
                """.formatted(upstream.port(), EnforcementTest.sha256("key-radio"), EnforcementTest.sha256("key-tv"))
                                .replace("limits: []\n", yaml.contains("limits:") ? "" : "limits: []\n")
                        + yaml);
        GatewaySettings settings = GatewaySettings.read(file, name -> null);
        control = ControlPlane.start(
                settings, Map.of("TACTUS_ADMIN_TOKEN", "admin")::get, InstantSource.system(), Optional::empty);
        gateway = Gateway.start(settings, control.parts(Ticker.sinceEpoch(InstantSource.system())));
        control.follow(gateway);
    }

    private void stop() {
        gateway.close();
        control.close();
    }
}
