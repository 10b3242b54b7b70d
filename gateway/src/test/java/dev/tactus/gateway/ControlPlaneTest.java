package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.state.ComplianceStatus;
import dev.tactus.gateway.usage.MeteredLimit;
import dev.tactus.gateway.usage.MinuteCounter;
import dev.tactus.limits.Limit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The admin's address over a real socket.
class ControlPlaneTest {
    private static final List<MeteredLimit> LIMITS = List.of(
            new MeteredLimit("quota", Limit.parse("1000/60s")), new MeteredLimit("trial", Limit.parse("10/1s")));

    private final ManualClock clock = new ManualClock("2026-11-22T10:15:30Z");
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Optional<String> unready = Optional.empty();

    @TempDir
    private Path folder;

    private ControlPlane administration;

    @BeforeEach
    void start() throws IOException {
        administration = start(Map.of("TACTUS_ADMIN_TOKEN", "s3cret"));
    }

    @AfterEach
    void close() {
        administration.close();
        client.shutdownNow();
    }

    @Test
    void answersHealthToEverybody() throws Exception {
        assertThat(get("/livez", "").body()).isEqualTo("ok\n");
        assertThat(get("/readyz", "").statusCode()).isEqualTo(200);
        unready = Optional.of("stopping");
        assertThat(get("/readyz", "").statusCode()).isEqualTo(503);
        assertThat(get("/readyz", "").body()).isEqualTo("stopping\n");
        assertThat(get("/livez", "").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsUsageOnlyToWhoHasTheToken() throws Exception {
        assertThat(get("/usage", "").statusCode()).isEqualTo(401);
        assertThat(get("/usage", "Bearer wrong").statusCode()).isEqualTo(401);
        assertThat(get("/usage", "Basic s3cret").statusCode()).isEqualTo(401);
        assertThat(get("/applications", "").headers().firstValue("WWW-Authenticate"))
                .contains("Bearer");
        assertThat(get("/usage", "Bearer s3cret").statusCode()).isEqualTo(200);
        assertThat(get("/usage", "bearer s3cret").statusCode()).isEqualTo(200);
    }

    @Test
    void staysClosedWithoutAToken() throws Exception {
        administration.close();
        administration = start(Map.of());
        for (String authorization : List.of("", "Bearer ", "Bearer null")) {
            HttpResponse<String> answer = get("/applications", authorization);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("TACTUS_ADMIN_TOKEN");
        }
        assertThat(get("/metrics", "").statusCode()).isEqualTo(200);
    }

    @Test
    void showsWhatWasCountedOverARestart() throws Exception {
        count();
        administration.close();
        administration = start(Map.of("TACTUS_ADMIN_TOKEN", "s3cret"));

        JsonNode usage = json(get("/usage?application=radio", "Bearer s3cret"));
        JsonNode row = usage.path("usage").path(0);
        assertThat(row.path("start").asString()).isEqualTo("2026-11-22T10:15:00Z");
        assertThat(row.path("admitted").asLong()).isEqualTo(640);
        assertThat(row.path("refused").asLong()).isEqualTo(2);
        assertThat(row.path("turned_away").asLong()).isEqualTo(1);
        assertThat(row.path("limits").path("quota").path("share_used").asDouble())
                .isEqualTo(0.64);
        assertThat(row.path("limits").path("quota").path("refused").asLong()).isEqualTo(2);
        assertThat(row.path("limits").path("trial").path("shadow_refused").asLong())
                .isEqualTo(5);
        assertThat(json(get("/usage?per=day&from=2026-11-22&to=2026-11-23", "Bearer s3cret"))
                        .path("usage")
                        .path(0)
                        .path("admitted")
                        .asLong())
                .isEqualTo(640);
    }

    @Test
    void usageOfNobodyIsNotFound() throws Exception {
        HttpResponse<String> answer = get("/usage?application=nope", "Bearer s3cret");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("error").asString())
                .startsWith("unknown application \"nope\": neither configured nor on record; there are ")
                .contains("radio");
        answer = get("/usage?organization=nope", "Bearer s3cret");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("error").asString())
                .isEqualTo("unknown organization \"nope\": it is not configured; there are none");
        for (String known : List.of("radio", "(unknown)", "(events)")) {
            assertThat(get("/usage?application=" + known, "Bearer s3cret").statusCode())
                    .as(known)
                    .isEqualTo(200);
        }
        administration.usage().meter("gone", LIMITS).at(0).turnedAway();
        administration.books().tick();
        assertThat(get("/usage?application=gone", "Bearer s3cret").statusCode())
                .as("one that was taken from the configuration")
                .isEqualTo(200);
    }

    @Test
    void writesMetricsInTheTextFormat() throws Exception {
        count();
        administration.close();
        administration = start(Map.of());
        count();
        administration.books().tick();
        HttpResponse<String> answer = get("/metrics", "");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(answer.body())
                .contains("tactus_requests_total{application=\"radio\",outcome=\"admitted\"} 640.0")
                .contains("tactus_refusals_total{application=\"radio\",limit=\"quota\"} 2.0")
                .contains("tactus_shadow_refusals_total{application=\"radio\",limit=\"trial\"} 5.0")
                .contains("tactus_standing{application=\"radio\",standing=\"normal\"} 1.0")
                .contains("tactus_state_failing 0.0");
    }

    @Test
    void doesWhatTheAdminAsksAndKeepsWhoAndWhy() throws Exception {
        HttpResponse<String> answer =
                post("/applications/radio/revoke", "{\"by\": \"ada\", \"reason\": \"key leaked\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("standing").asString()).isEqualTo("revoked");
        assertThat(administration.standings().of("radio")).isEqualTo(ComplianceStatus.REVOKED);

        post("/applications/radio/restore", "{\"by\": \"ada\", \"reason\": \"new key\"}");
        assertThat(administration.standings().of("radio")).isEqualTo(ComplianceStatus.NORMAL);
        JsonNode detail = json(get("/applications/radio", "Bearer s3cret"));
        assertThat(detail.path("steps").size()).isEqualTo(2);
        assertThat(detail.path("steps").path(1).path("by").asString()).isEqualTo("ada");
        assertThat(detail.path("steps").path(1).path("reason").asString()).isEqualTo("key leaked");
        assertThat(json(get("/applications", "Bearer s3cret"))
                        .path("applications")
                        .path(0)
                        .path("standing")
                        .asString())
                .isEqualTo("normal");
    }

    @Test
    void refusesWithWhatWouldBeRight() throws Exception {
        assertThat(post("/applications/radio/revoke", "{\"by\": \"ada\"}").body())
                .contains("reason")
                .contains("is missing");
        assertThat(post("/applications/radio/revoke", "").statusCode()).isEqualTo(400);
        assertThat(post("/applications/radio/revoke", "{").body()).contains("not JSON");
        assertThat(post("/applications/tv/revoke", "{\"by\": \"a\", \"reason\": \"b\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("/applications/radio/notice", "{\"by\": \"a\", \"reason\": \"b\"}")
                        .body())
                .contains("restore, restrict, revoke, pardon");
        HttpResponse<String> wrong = get("/applications/radio/revoke", "Bearer s3cret");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("Allow")).contains("POST");
        assertThat(get("/usage?from=yesterday", "Bearer s3cret").body()).contains("2026-11-22T10:00:00Z");
        assertThat(get("/usage?form=2026-11-22", "Bearer s3cret").body()).contains("unknown parameter \\\"form\\\"");
        assertThat(get("/usage?per=week", "Bearer s3cret").body()).contains("minute, hour or day");
        assertThat(get("/elsewhere", "").statusCode()).isEqualTo(404);
        assertThat(administration.standings().of("radio")).isEqualTo(ComplianceStatus.NORMAL);
    }

    @Test
    void makesApplicationsAndTellsTheirKeysOnce() throws Exception {
        HttpResponse<String> made = post(
                "/applications",
                "{\"id\": \"tv\", \"contact\": \"https://tv.example/hook\", \"limits\": [{\"name\": \"quota\", \"permits\": 7}]}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(json(made).path("limits").path(0).path("permits").asInt()).isEqualTo(7);
        assertThat(post("/applications", "{\"id\": \"tv\"}").statusCode()).isEqualTo(409);
        assertThat(post("/applications", "{\"id\": \"radio\"}").statusCode()).isEqualTo(409);
        assertThat(post("/applications", "{\"id\": \"x\", \"key\": 1}").body()).contains("key");
        assertThat(post("/applications", "{\"id\": \"x\", \"limits\": [{\"name\": \"quota\", \"permits\": 0}]}")
                        .body())
                .contains("limits[0].permits");

        HttpResponse<String> key = post("/applications/tv/keys", "");
        assertThat(key.statusCode()).isEqualTo(201);
        String text = json(key).path("key").asString();
        String id = json(key).path("id").asString();
        assertThat(owner(text)).contains("tv");
        assertThat(get("/applications/tv/keys", "Bearer s3cret").body())
                .contains(id)
                .doesNotContain(text);
        assertThat(post("/applications/nobody/keys", "").statusCode()).isEqualTo(404);

        administration.close();
        administration = start(Map.of("TACTUS_ADMIN_TOKEN", "s3cret"));
        assertThat(owner(text)).as("after a restart").contains("tv");

        assertThat(delete("/applications/tv/keys/" + id).statusCode()).isEqualTo(204);
        assertThat(delete("/applications/tv/keys/" + id).statusCode()).isEqualTo(404);
        assertThat(owner(text)).isEmpty();
        assertThat(delete("/applications/tv").statusCode()).isEqualTo(204);
        assertThat(get("/applications/tv", "Bearer s3cret").statusCode()).isEqualTo(404);
        assertThat(delete("/applications/radio").statusCode()).isEqualTo(409);
    }

    @Test
    void keysEndWhenTheyWereToldTo() throws Exception {
        assertThat(post("/applications/radio/keys", "{\"ends_at\": \"2026-11-22T10:15:00Z\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/applications/radio/keys", "{\"ends_at\": \"soon\"}").statusCode())
                .isEqualTo(400);
        HttpResponse<String> key = post("/applications/radio/keys", "{\"ends_at\": \"2026-11-22T11:00:00Z\"}");
        String text = json(key).path("key").asString();
        assertThat(owner(text)).contains("radio");
        clock.advance(Duration.ofMinutes(45));
        assertThat(owner(text)).isEmpty();
    }

    /// Whose a key is for the data path.
    private Optional<String> owner(String key) {
        return administration.created().owner(Sha256.of(key));
    }

    private HttpResponse<String> delete(String path) throws Exception {
        HttpRequest request =
                request(path).header("Authorization", "Bearer s3cret").DELETE().build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void count() {
        MinuteCounter counts = administration.usage().meter("radio", LIMITS).at(clock.nanos());
        for (int i = 0; i < 640; i++) {
            counts.admitted();
        }
        counts.charged(0, 640);
        counts.refused(0);
        counts.refused(0);
        counts.turnedAway();
        for (int i = 0; i < 5; i++) {
            counts.shadowed(1);
        }
    }

    private ControlPlane start(Map<String, String> environment) throws IOException {
        Path yaml = Files.writeString(folder.resolve("gateway.yaml"), """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                upstream: http://127.0.0.1:9
                identify: {header: X-Api-Key}
                limits: [{name: quota, permits: 1000, window: 60s}]
                applications: [{id: radio, key_sha256: ["%s"]}]
                """.formatted("e".repeat(64)));
        GatewaySettings settings = GatewaySettings.read(yaml, name -> null);
        return ControlPlane.start(settings, environment::get, clock, () -> unready);
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        HttpRequest.Builder request = request(path);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = request(path)
                .header("Authorization", "Bearer s3cret")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        int port = administration.address().orElseThrow().getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body());
    }
}
