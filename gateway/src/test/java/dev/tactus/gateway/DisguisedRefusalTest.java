package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.proxy.BufferedResponse;
import dev.tactus.gateway.state.PacerStateStore;
import dev.tactus.limits.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Refusals that only a body tells, in pace mode.
class DisguisedRefusalTest {
    private static final String DEEZER = "disguised_refusals: [{status: 200, pointer: /error/code, equals: 4}]\n";
    private static final String QUOTA = "{\"error\":{\"code\":4,\"message\":\"Quota limit exceeded\"}}";
    private static final String JSON = "Content-Type: application/json; charset=utf-8";

    private final InstantSource clock = InstantSource.system();
    private final AtomicInteger asked = new AtomicInteger();

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
    void sendsAgainWhatWasRefusedInsideA200() throws Exception {
        start(DEEZER, wire -> wire.answer(200, asked.incrementAndGet() == 1 ? QUOTA : "{\"id\":1}", JSON));
        try (HttpTestClient client = client()) {
            assertThat(client.get("/track/1").body()).isEqualTo("{\"id\":1}");
            assertThat(asked).hasValue(2);
            assertThat(client.get("/track/1").body()).isEqualTo("{\"id\":1}");
            assertThat(upstream.orElseThrow().connections())
                    .as("the connection stays good")
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"errors\":[{\"reason\":\"rateLimitExceeded\"}],\"code\":403}}",
                "{\"errorCode\":\"TOO_MANY_REQUESTS\",\"reason\":\"Rate limit quota exceeded.\"}",
                "{\"error\":{\"status\":429}}",
            })
    void knowsErrorsThatSayItThemselves(String body) throws Exception {
        start("", wire -> {
            int half = body.length() / 2;
            wire.send(
                    asked.incrementAndGet() > 1
                            ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone"
                            : "HTTP/1.1 403 No\r\nContent-Type: application/problem+json\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n" + chunk(body.substring(0, half)));
            if (asked.get() == 1) {
                wire.send(chunk(body.substring(half)) + "0\r\n\r\n");
            }
        });
        try (HttpTestClient client = client()) {
            assertThat(client.get("/").body()).isEqualTo("done");
        }
    }

    @Test
    void passesEveryOtherAnswerAsItCame() throws Exception {
        String large = "{\"error\":{\"code\":4},\"pad\":\"" + "x".repeat(BufferedResponse.MOST_BYTES) + "\"}";
        start(DEEZER, wire -> {
            String path = wire.request().start().split(" ", -1)[1];
            switch (path) {
                case "/forbidden" -> wire.answer(403, "{\"error\":{\"code\":403,\"reason\":\"no\"}}", JSON);
                case "/text" -> wire.answer(200, QUOTA, "Content-Type: text/plain");
                case "/large" -> wire.answer(200, large, JSON);
                case "/large-chunked" ->
                    wire.send("HTTP/1.1 200 OK\r\n" + JSON + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(large)
                            + "0\r\nX: a\r\n\r\n");
                case "/broken" -> wire.answer(200, QUOTA.substring(1), JSON);
                case "/empty" -> wire.answer(200, "", JSON);
                default -> wire.answer(404, QUOTA, JSON);
            }
        });
        try (HttpTestClient client = client()) {
            assertThat(client.get("/forbidden").status()).isEqualTo(403);
            assertThat(client.get("/text").body()).isEqualTo(QUOTA);
            assertThat(client.get("/large").body()).isEqualTo(large);
            assertThat(client.get("/large-chunked").body()).isEqualTo(large + "[trailer X: a]");
            assertThat(client.get("/broken").body()).isEqualTo(QUOTA.substring(1));
            assertThat(client.get("/empty").body()).isEmpty();
            assertThat(client.get("/missing").body()).isEqualTo(QUOTA);
            assertThat(upstream.orElseThrow().seen()).hasSize(7);
        }
    }

    /// The upstream says the rest only once its first piece has come through.
    @Test
    void keepsNoStreamBack() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        start(DEEZER, wire -> {
            wire.send("HTTP/1.1 200 OK\r\n" + JSON + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk("[1,"));
            try {
                seen.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            wire.send(chunk("2]") + "0\r\n\r\n");
        });
        try (HttpTestClient client = client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(FakeUpstream.Wire.readLine(client.in())).isEqualTo("3");
            assertThat(FakeUpstream.Wire.readLine(client.in())).isEqualTo("[1,");
            seen.countDown();
            assertThat(FakeUpstream.Wire.readLine(client.in())).isEqualTo("2");
        }
    }

    @Test
    void tellsThePacerOfWhatCanNotBeSentAgain() throws Exception {
        start(DEEZER, wire -> wire.answer(200, QUOTA, JSON, "Retry-After: 30"));
        try (HttpTestClient client = client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.read().body()).isEqualTo(QUOTA);
            assertThat(administration.orElseThrow().pacing().report().get(PacerStateStore.SHARED))
                    .anySatisfy(scope -> assertThat(scope.pausedUntil()).isPresent());
        }
    }

    @Test
    void answersForAnUpstreamThatLeavesInTheMiddle() throws Exception {
        start(DEEZER, wire -> {
            wire.send("HTTP/1.1 200 OK\r\n" + JSON + "\r\nContent-Length: 50\r\n\r\n{\"error\":");
            wire.reset();
        });
        try (HttpTestClient client = client()) {
            assertThat(client.get("/").status()).isEqualTo(502);
        }
    }

    @Test
    void refusesAPointerThatIsNone() {
        assertThatThrownBy(() -> start("disguised_refusals: [{pointer: error.code}]\n", wire -> {}))
                .hasMessageContaining("disguised_refusals[0].pointer: expected a JSON pointer such as /error/code");
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private HttpTestClient client() throws IOException {
        return new HttpTestClient(gateway.orElseThrow().address());
    }

    private void start(String yaml, FakeUpstream.Service service) throws IOException {
        FakeUpstream behind = new FakeUpstream(service);
        upstream = Optional.of(behind);
        Path file = Files.writeString(folder.resolve("gateway.yaml"), """
                listen: 127.0.0.1:0
                mode: pace
                threads: 1
                limits: [{name: quota, permits: 100, window: 1s}]
                upstream: http://127.0.0.1:%d
                %s""".formatted(behind.port(), yaml));
        GatewaySettings settings = GatewaySettings.read(file, name -> null);
        ControlPlane started = ControlPlane.start(settings, name -> null, clock, Optional::empty);
        administration = Optional.of(started);
        gateway = Optional.of(Gateway.start(settings, started.parts(Ticker.sinceEpoch(clock))));
    }
}
