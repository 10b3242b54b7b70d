package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.network.SharedSettings;
import dev.tactus.gateway.shared.SharedUsage;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// Several gateways and one quota, beside a real Redis server.
@SuppressWarnings("StringConcatToTextBlock") // each line is put together from what a case is about
class SharedQuotaTest {
    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private FakeUpstream upstream;
    private TestRedis redis;

    @BeforeEach
    void start() throws Exception {
        redis = TestRedis.start(folder);
        upstream = FakeUpstream.saying("ok");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        if (upstream != null) {
            upstream.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    private TestGateway gateway(String name, String yaml) throws Exception {
        Path own = Files.createDirectories(folder.resolve(name));
        TestGateway gateway =
                TestGateway.before(upstream, own, "shared: redis://127.0.0.1:" + redis.port() + "\n" + yaml);
        open.add(gateway);
        return gateway;
    }

    @Test
    void anOrganizationsLimitIsOneForAllOfItsApplicationsOnAllGateways() throws Exception {
        String yaml = """
                when_shared_is_lost: refuse
                limits: [{name: quota, permits: 4, window: 60s}]
                unknown_applications: {limits: [{name: quota, permits: 1000, window: 60s}]}
                organizations: [{id: media-group, limits: [{name: group, permits: 6, window: 60s}]}]
                applications:
                  - {id: radio, organization: media-group, key_sha256: ["%s"]}
                  - {id: tv, organization: media-group, key_sha256: ["%s"]}
                """.formatted(Sha256.of("radio").hex(), Sha256.of("tv").hex());
        TestGateway one = gateway("one", yaml);
        TestGateway two = gateway("two", yaml);
        try (HttpTestClient here = connected(one);
                HttpTestClient there = connected(two)) {
            assertThat(passed(here, "radio", 6)).isEqualTo(4);
            assertThat(passed(there, "tv", 6)).as("six of the group on both").isEqualTo(2);
            assertThat(there.get("/", "X-Api-Key: tv").body()).contains("limit group exceeded");
        }
    }

    /// What one gateway's answers tell beyond the limit, the other waits out.
    @ParameterizedTest
    @CsvSource({"sliding, 3", "fixed, 3", "fixed-from-first, 3", "bucket, 3"})
    void whatAnAnswerHasCostBeyondTheLimitIsOwedEverywhere(String kind, int hours) throws Exception {
        upstream.close();
        upstream = new FakeUpstream(wire -> wire.answer(200, "done", "X-Cost: 35"));
        String yaml = "when_shared_is_lost: refuse\n" + "limits: [{name: quota, permits: 10, window: 1h, kind: " + kind
                + ", cost_header: X-Cost, costs: [{path: /free, cost: 0}]}]\n";
        TestGateway first = gateway("a", yaml);
        TestGateway second = gateway("b", yaml);
        try (HttpTestClient one = connected(first);
                HttpTestClient other = connected(second)) {
            assertThat(one.get("/v1").status()).isEqualTo(200);
            TestGateway.until(() -> left(other).startsWith("\"quota\";r=0"));
            HttpTestClient.Answer refused = other.get("/v1");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(Integer.parseInt(refused.field("Retry-After")))
                    .isBetween((hours - 1) * 3_600 + 1, hours * 3_600);
        }
    }

    private static String left(HttpTestClient client) {
        try {
            return client.get("/free").field("RateLimit");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long passed(HttpTestClient client, String key, int requests) throws Exception {
        long passed = 0;
        for (int i = 0; i < requests; i++) {
            passed += client.get("/", "X-Api-Key: " + key).status() == 200 ? 1 : 0;
        }
        return passed;
    }

    /// Asks until one is answered by what the store says: the connection to it is made beside the start.
    private static HttpTestClient connected(TestGateway gateway) throws Exception {
        HttpTestClient client = gateway.client();
        TestGateway.until(() -> {
            try {
                return client.get("/free").status() == 200;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return client;
    }

    @ParameterizedTest
    @CsvSource({"sliding", "fixed", "fixed-from-first", "bucket"})
    void whatOneLetsThroughTheOtherCounts(String kind) throws Exception {
        String yaml = "when_shared_is_lost: refuse\n" + "limits: [{name: quota, permits: 10, window: 1h, kind: " + kind
                + ", match: {path: /v1}}]\n";
        TestGateway first = gateway("a", yaml);
        TestGateway second = gateway("b", yaml);
        try (HttpTestClient one = connected(first);
                HttpTestClient other = connected(second)) {
            for (int i = 0; i < 5; i++) {
                assertThat(one.get("/v1").status()).isEqualTo(200);
                HttpTestClient.Answer answer = other.get("/v1");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.field("RateLimit")).contains("\"quota\";r=" + (8 - 2 * i));
            }
            HttpTestClient.Answer refused = one.get("/v1");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(Integer.parseInt(refused.field("Retry-After"))).isBetween(1, 3_600);
            assertThat(other.get("/v1").status()).isEqualTo(429);
            assertThat(other.get("/free").status()).isEqualTo(200);
        }
    }

    /// A request that was let through, and the time in which that was decided.
    private record Passed(long sent, long answered) {}

    /// The store counts by its own clock, so that real seconds have to pass here.
    @Test
    void neverMoreInAnySecondHoweverManyAsk() throws Exception {
        int permits = 20;
        String yaml = "when_shared_is_lost: refuse\n"
                + "limits: [{name: spike, permits: 20, window: 1s, match: {path: /v1}}]\n";
        TestGateway first = gateway("a", yaml);
        TestGateway second = gateway("b", yaml);
        connected(first).close();
        connected(second).close();
        Queue<Passed> passed = new ConcurrentLinkedQueue<>();
        List<Callable<Void>> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            TestGateway to = i % 2 == 0 ? first : second;
            callers.add(() -> {
                try (HttpTestClient client = to.client()) {
                    while (passed.size() <= 2 * permits) {
                        long sent = System.nanoTime();
                        if (client.get("/v1").status() == 200) {
                            passed.add(new Passed(sent, System.nanoTime()));
                        }
                    }
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> each : threads.invokeAll(callers)) {
                each.get();
            }
        }
        long window = TimeUnit.SECONDS.toNanos(1);
        for (Passed start : passed) {
            assertThat(passed.stream()
                            .filter(one -> one.sent() >= start.sent() && one.answered() < start.sent() + window)
                            .count())
                    .isLessThanOrEqualTo(permits);
        }
    }

    @Test
    void oneLimitThatRefusesLeavesTheOthersAlone() throws Exception {
        TestGateway gateway = gateway("a", """
                when_shared_is_lost: refuse
                limits:
                  - {name: quota, permits: 10, window: 1h}
                  - {name: search, permits: 1, window: 1h, match: {path: /v1/search}, cost: 1}
                """);
        try (HttpTestClient client = connected(gateway)) {
            assertThat(client.get("/v1/search").status()).isEqualTo(200);
            for (int i = 0; i < 20; i++) {
                assertThat(client.get("/v1/search").status()).isEqualTo(429);
            }
            assertThat(client.get("/other").field("RateLimit")).contains("\"quota\";r=7");
        }
    }

    @Test
    void whileTheStoreIsLostEachKeepsTheLimitOrRefuses() throws Exception {
        TestGateway local = gateway("a", "limits: [{name: quota, permits: 3, window: 1h}]\n");
        TestGateway strict =
                gateway("b", "when_shared_is_lost: refuse\nlimits: [{name: other, permits: 100, window: 1h}]\n");
        try (HttpTestClient one = local.client();
                HttpTestClient other = connected(strict)) {
            assertThat(one.get("/").status()).isEqualTo(200);
            redis.kill();
            TestGateway.until(() -> status(other) == 503);
            assertThat(other.get("/").field("Retry-After")).isEqualTo("1");
            assertThat(one.get("/").status()).isEqualTo(200);
            assertThat(one.get("/").status()).isEqualTo(200);
            assertThat(one.get("/").status())
                    .as("what it let through before counts")
                    .isEqualTo(429);
            redis.again();
            TestGateway.until(() -> status(other) == 200);
        }
    }

    private static int status(HttpTestClient client) {
        try {
            return client.get("/").status();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// What each counts, each has on its books, also what it counted while the store was away.
    @Test
    void usageOfOneIsUsageOfAll() throws Exception {
        ControlPlane first = control("a");
        ControlPlane second = control("b");
        TestGateway.until(() -> Stream.of(first, second)
                .noneMatch(each -> each.file().peers().place().isEmpty()));
        count(first, 7);
        count(second, 3);
        TestGateway.until(() -> admitted(first) == 10 && admitted(second) == 10);
        redis.kill();
        count(first, 5);
        TestGateway.until(() -> admitted(first) == 15);
        redis.again();
        TestGateway.until(() -> admitted(second) == 15);
        assertThat(admitted(first)).as("nothing twice").isEqualTo(15);
    }

    private static void count(ControlPlane at, int requests) {
        Instant now = InstantSource.system().instant();
        MinuteCounter counts = at.usage()
                .meter("radio", List.of(new MeteredLimit("quota", Limit.parse("1000/60s"))))
                .at(now.getEpochSecond() * 1_000_000_000L);
        for (int i = 0; i < requests; i++) {
            counts.admitted();
            counts.charged(0, 1);
        }
    }

    private static long admitted(ControlPlane at) {
        Instant now = InstantSource.system().instant();
        return at
                .file()
                .usage()
                .read(Optional.of("radio"), now.minusSeconds(3_600), now.plusSeconds(60), 1_440, 10)
                .orElseThrow()
                .stream()
                .mapToLong(row -> row.totals().admitted())
                .sum();
    }

    @Test
    void oneJudgesAndOneIsTheFirst() throws Exception {
        SharedSettings store =
                new SharedSettings("127.0.0.1", redis.port(), 0, Optional.empty(), SharedSettings.WhenLost.LOCAL);
        try (SharedUsage one = new SharedUsage(store, "one");
                SharedUsage two = new SharedUsage(store, "two")) {
            assertThat(one.isJudge()).isTrue();
            assertThat(two.isJudge()).isFalse();
            assertThat(one.isJudge()).as("it stays").isTrue();
            assertThat(two.isFirst("warned", Duration.ofDays(1))).isTrue();
            assertThat(one.isFirst("warned", Duration.ofDays(1))).isFalse();
            redis.kill();
            assertThat(two.isJudge()).as("on its own each judges").isTrue();
        }
    }

    @Test
    void keysAndStandingsHoldOnAllGateways() throws Exception {
        ControlPlane first = control("a");
        ControlPlane second = control("b");
        post(first, "/applications", "{\"id\": \"tv\"}");
        String made = post(first, "/applications/tv/keys", "");
        String key = new JsonMapper().readTree(made).path("key").asString();
        String id = new JsonMapper().readTree(made).path("id").asString();
        dev.tactus.digest.Sha256 digest = dev.tactus.digest.Sha256.of(key);
        TestGateway.until(() -> second.created().owner(digest).isPresent());

        post(second, "/applications/tv/revoke", "{\"by\": \"ada\", \"reason\": \"leaked\"}");
        TestGateway.until(() -> first.standings().of("tv") == ComplianceStatus.REVOKED);
        post(first, "/applications/tv/restore", "{\"by\": \"ada\", \"reason\": \"new key\"}");
        TestGateway.until(() -> second.standings().of("tv") == ComplianceStatus.NORMAL);

        HttpRequest request =
                request(second, "/applications/tv/keys/" + id).DELETE().build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
        }
        TestGateway.until(() -> first.created().owner(digest).isEmpty());
    }

    private ControlPlane control(String name) throws Exception {
        Path yaml =
                Files.writeString(Files.createDirectories(folder.resolve(name)).resolve("gateway.yaml"), """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                upstream: http://127.0.0.1:9
                shared: redis://127.0.0.1:%d
                applications: [{id: radio, key_sha256: ["%s"]}]
                """.formatted(
                                redis.port(), "e".repeat(64)));
        ControlPlane control = ControlPlane.start(
                GatewaySettings.read(yaml, none -> null),
                Map.of("TACTUS_ADMIN_TOKEN", "admin")::get,
                InstantSource.system(),
                Optional::empty);
        open.add(control);
        return control;
    }

    private static String post(ControlPlane to, String path, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    request(to, path)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
            return answer.body();
        }
    }

    private static HttpRequest.Builder request(ControlPlane to, String path) {
        return HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + to.address().orElseThrow().getPort() + path))
                .header("Authorization", "Bearer admin");
    }
}
