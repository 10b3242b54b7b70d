package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.pace.PacingQueue;
import dev.tactus.gateway.proxy.ReplayableBody;
import dev.tactus.gateway.state.PacerStateStore;
import dev.tactus.gateway.usage.UsageRow;
import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopeReport;
import dev.tactus.limits.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pace mode over real sockets and in real time, with windows so small that a test waits a second or two.
class PaceModeTest {
    private final InstantSource clock = InstantSource.system();

    @TempDir
    private Path folder;

    private Optional<FakeUpstream> upstream = Optional.empty();
    private Optional<ControlPlane> administration = Optional.empty();
    private Optional<Gateway> gateway = Optional.empty();

    @AfterEach
    void close() {
        stop();
        upstream.ifPresent(FakeUpstream::close);
    }

    @Test
    void noCallerSeesA429AndTheUpstreamNeverMoreThanItsLimit() throws Exception {
        LimitedService service = new LimitedService(40, Duration.ofSeconds(1));
        start(service, "limits: [{name: quota, permits: 40, window: 1s}]");

        Queue<Integer> statuses = askFrom(6, 15);

        assertThat(statuses).hasSize(90).containsOnly(200);
        assertThat(service.refused()).isZero();
        assertThat(service.mostInAWindow()).isLessThanOrEqualTo(40);
    }

    @Test
    void learnsALimitThatNobodyNamedWhileCallersSeeNothingOfIt() throws Exception {
        LimitedService service = new LimitedService(20, Duration.ofSeconds(1));
        start(service, "limits: []");

        Queue<Integer> statuses = askFrom(4, 15);

        assertThat(statuses).hasSize(60).containsOnly(200);
        assertThat(service.refused()).as("that is how it learned").isPositive();
        assertThat(learned().ceiling()).isPresent();

        Optional<Limit> before = learned().ceiling();
        stop();
        start("limits: []");
        assertThat(learned().ceiling()).as("after a restart").isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: quota, permits: 2, window: 1h}",
                "{name: quota, permits: 2, window: 1h, kind: sliding}",
                "{name: quota, permits: 2, window: 1h, match: {path: /v1}}"
            })
    void aLimitThatComesBackWithinItsWindowKeepsWhatWasUsed(String quota) throws Exception {
        String other = "limits: [{name: other, permits: 1000, window: 1s}]";
        start(wire -> wire.answer(200, "ok"), "limits: [" + quota + "]");
        try (HttpTestClient client = client()) {
            assertThat(client.get("/v1", "Prefer: wait=0").status()).isEqualTo(200);
            reload(other);
            assertThat(client.get("/v1", "Prefer: wait=0").status()).isEqualTo(200);
            assertThat(client.get("/v1", "Prefer: wait=0").status()).isEqualTo(200);
            reload("limits: [" + quota + "]");
            assertThat(client.get("/v1", "Prefer: wait=0").status()).isEqualTo(503);
        }
    }

    private void reload(String yaml) throws IOException {
        GatewaySettings changed = settings(yaml);
        gateway.orElseThrow().reload(changed);
        administration.orElseThrow().configure(changed);
    }

    @Test
    void passesARefusalThroughWhereSendingAgainIsNotSafe() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        start(wire -> wire.answer(asked.incrementAndGet() == 1 ? 429 : 200, "done"), "limits: []");
        try (HttpTestClient client = client()) {
            HttpTestClient.Answer answer = client.send(
                            "POST /orders HTTP/1.1\r\nHost: api.example\r\nContent-Length: 5\r\n\r\n12345")
                    .read();
            assertThat(answer.status()).isEqualTo(429);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void sendsASmallBodyAgainWhereTheMethodIsIdempotent() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        List<String> bodies = new CopyOnWriteArrayList<>();
        start(
                wire -> {
                    String body = FakeUpstream.Wire.readBody(wire.in(), wire.request());
                    bodies.add(body);
                    String status = asked.incrementAndGet() == 1 ? "429 No" : "200 Fine";
                    wire.send("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
                },
                "limits: []");
        try (HttpTestClient client = client()) {
            client.send("PUT /x HTTP/1.1\r\nHost: api.example\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
            client.send("6\r\nsecond\r\n0\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(bodies).containsExactly("firstsecond", "firstsecond");
        }
    }

    @Test
    void passesARefusalOfALargeBodyThrough() throws Exception {
        start(wire -> wire.answer(429, "no"), "limits: []");
        int size = ReplayableBody.MOST_BYTES + 1;
        try (HttpTestClient client = client()) {
            client.send(
                    "PUT /x HTTP/1.1\r\nHost: api.example\r\nContent-Length: " + size + "\r\n\r\n" + "x".repeat(size));
            assertThat(client.read().status()).isEqualTo(429);
        }
    }

    @Test
    void sendsARefusedRequestAgainAndAddsUpItsWaiting() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        start(
                wire -> wire.answer(asked.incrementAndGet() <= 2 ? 429 : 200, "done"),
                "limits: [{name: quota, permits: 1000, window: 1s}]");
        try (HttpTestClient client = client()) {
            HttpTestClient.Answer answer = client.get("/x");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("done");
            assertThat(answer.field("Server-Timing")).matches("queue;dur=\\d+\\.\\d");
        }
        assertThat(asked).hasValue(3);
    }

    @Test
    void takesAStatusForARefusalWhereTheConfigurationSaysSo() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        start(wire -> wire.answer(asked.incrementAndGet() == 1 ? 403 : 200, "done"), "refusal_statuses: [403]");
        try (HttpTestClient client = client()) {
            assertThat(client.get("/x").status()).isEqualTo(200);
        }
    }

    @Test
    void answers503OnlyWhenTheCallersPatienceIsOver() throws Exception {
        start(wire -> wire.answer(200, "fine"), "limits: [{name: quota, permits: 1, window: 1h}]");
        try (HttpTestClient client = client()) {
            assertThat(client.get("/x").status()).isEqualTo(200);
            HttpTestClient.Answer late = client.get("/x", "Prefer: wait=0");
            assertThat(late.status()).isEqualTo(503);
            assertThat(Integer.parseInt(late.field("Retry-After"))).isPositive();
            assertThat(late.field("Preference-Applied")).isEqualTo("wait=0");
            assertThat(late.field("Server-Timing")).startsWith("queue;dur=");
            assertThat(late.body()).contains("not forwarded within 0 ms");
        }
    }

    @Test
    void aLimitHoldsForItsPathHoweverThatIsSpeltAndForNoOther() throws Exception {
        start(
                wire -> wire.answer(200, "fine"),
                "limits: [{name: search, permits: 1, window: 1h, match: {path: /v1/search}, ignore_case: true}]");
        try (HttpTestClient client = client()) {
            assertThat(client.get("/v1/search?q=1").status()).isEqualTo(200);
            for (String same : new String[] {"//v1/./search", "/v1/%73earch/x", "/v1/x/..;/search", "/V1/SEARCH"}) {
                assertThat(client.get(same, "Prefer: wait=0").status()).as(same).isEqualTo(503);
            }
            assertThat(client.get("/v1/searches", "Prefer: wait=20").status()).isEqualTo(200);
        }
    }

    @Test
    void aLimitPerTokenGoesByTheFieldAuthorization() throws Exception {
        start(
                wire -> wire.answer(200, "fine"),
                "limits: [{name: mine, permits: 1, window: 1h, kind: sliding, per: token}]");
        try (HttpTestClient client = client()) {
            for (String token : new String[] {"Authorization: Bearer a", "Authorization: Bearer b", "Accept: */*"}) {
                assertThat(client.get("/x", token, "Prefer: wait=0").status()).isEqualTo(200);
                assertThat(client.get("/x", token, "Prefer: wait=0").status()).isEqualTo(503);
            }
        }
        assertThat(pacing().report().toString()).doesNotContain("Bearer");
    }

    @Test
    void tellsAtOnceOfAPenaltyThatLastsLongerThanACallerWaits() throws Exception {
        start(wire -> wire.answer(429, "no", "Retry-After: 600"), "patience: 10s");
        try (HttpTestClient client = client()) {
            HttpTestClient.Answer first = client.get("/x");
            assertThat(first.status()).isEqualTo(503);
            assertThat(Integer.parseInt(first.field("Retry-After"))).isBetween(590, 600);
            assertThat(client.get("/x").status()).isEqualTo(503);
        }
        assertThat(upstream.orElseThrow().seen()).hasSize(1);
    }

    @Test
    void aCallerWhoLeavesFreesItsPlace() throws Exception {
        start(wire -> wire.answer(200, "fine"), "limits: [{name: quota, permits: 1, window: 1h}]");
        HttpTestClient leaving = client();
        try (HttpTestClient first = client();
                HttpTestClient staying = client()) {
            assertThat(first.get("/x").status()).isEqualTo(200);
            leaving.send("GET /x HTTP/1.1\r\nHost: api.example\r\n\r\n");
            staying.send("GET /x HTTP/1.1\r\nHost: api.example\r\n\r\n");
            TestGateway.until(() -> pacing().waiting() == 2);
            leaving.close();
            TestGateway.until(() -> pacing().waiting() == 1);
            gateway.orElseThrow().close();
            gateway = Optional.empty();
            assertThat(staying.read().status()).as("the gateway is stopping").isEqualTo(503);
        }
    }

    @Test
    void anUpstreamThatBreaksOffLosesNoPlace() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        start(
                wire -> {
                    if (asked.incrementAndGet() == 1) {
                        wire.reset();
                    } else {
                        wire.answer(200, "fine");
                    }
                },
                "limits: [{name: quota, permits: 3, window: 1s}]");
        try (HttpTestClient client = client()) {
            assertThat(client.get("/x").status()).isEqualTo(502);
            assertThat(client.get("/x").status()).isEqualTo(200);
        }
        assertThat(pacing().waiting()).isZero();
    }

    @Test
    void saysWhatALimitInShadowModeWouldHaveRefused() throws Exception {
        start(
                wire -> wire.answer(200, "fine"),
                "limits: [{name: quota, permits: 1000, window: 1s}, {name: trial, permits: 2, window: 1h, shadow: true}]");
        try (HttpTestClient client = client()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.get("/x").status()).isEqualTo(200);
            }
        }
        administration.orElseThrow().books().tick();
        List<UsageRow> rows = administration
                .orElseThrow()
                .file()
                .usage()
                .read(Optional.empty(), Instant.EPOCH, clock.instant().plusSeconds(60), 24 * 60, 10)
                .orElseThrow();
        assertThat(rows.stream()
                        .flatMap(row -> row.limits().stream())
                        .filter(limit -> limit.name().equals("trial"))
                        .mapToLong(UsageRow.OfLimit::shadowed)
                        .sum())
                .isEqualTo(3);
        assertThat(rows.stream().mapToLong(row -> row.totals().admitted()).sum())
                .isEqualTo(5);
    }

    /// So many callers, each with so many requests one after the other; the statuses they got.
    private Queue<Integer> askFrom(int callers, int requests) throws Exception {
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        try (ExecutorService crew = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                all.add(crew.submit(() -> {
                    try (HttpTestClient client = client()) {
                        for (int i = 0; i < requests; i++) {
                            statuses.add(client.get("/x").status());
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        return statuses;
    }

    private ScopeReport learned() {
        return pacing().report().getOrDefault(PacerStateStore.SHARED, List.of()).getFirst();
    }

    private PacingQueue pacing() {
        return administration.orElseThrow().pacing();
    }

    private HttpTestClient client() throws IOException {
        return new HttpTestClient(gateway.orElseThrow().address());
    }

    private void start(FakeUpstream.Service service, String yaml) throws IOException {
        upstream = Optional.of(new FakeUpstream(service));
        start(yaml);
    }

    private void start(String yaml) throws IOException {
        GatewaySettings settings = settings(yaml);
        ControlPlane started = ControlPlane.start(settings, name -> null, clock, Optional::empty);
        administration = Optional.of(started);
        gateway = Optional.of(Gateway.start(settings, started.parts(Ticker.sinceEpoch(clock))));
    }

    private GatewaySettings settings(String yaml) throws IOException {
        Path file = Files.writeString(
                folder.resolve("gateway.yaml"),
                "listen: 127.0.0.1:0\nmode: pace\nupstream: http://127.0.0.1:"
                        + upstream.orElseThrow().port() + "\n" + yaml);
        return GatewaySettings.read(file, name -> null);
    }

    private void stop() {
        gateway.ifPresent(Gateway::close);
        administration.ifPresent(ControlPlane::close);
        gateway = Optional.empty();
        administration = Optional.empty();
    }
}
