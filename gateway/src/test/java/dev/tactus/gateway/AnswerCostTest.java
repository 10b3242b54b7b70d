package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.limits.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a request takes of a quota of points, told by its answer, in pace mode.
class AnswerCostTest {
    private static final String JSON = "Content-Type: application/json";

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

    /// At its assumed cost only two requests would pass.
    @Test
    void aRequestTakesWhatTheBodySays() throws Exception {
        start(
                "{name: points, permits: 100, window: 60s, kind: sliding, cost: 40, cost_from: /extensions/cost}",
                wire -> {
                    String body = "{\"data\":\"" + "x".repeat(40_000) + "\",\"extensions\":{\"cost\":1}}";
                    wire.send("HTTP/1.1 200 OK\r\n" + JSON + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
                });
        try (HttpTestClient client = client()) {
            for (int i = 0; i < 30; i++) {
                assertThat(client.get("/graphql").status()).as("request " + i).isEqualTo(200);
            }
        }
    }

    @Test
    void aRequestThatTookMoreThanAssumedHoldsTheNextBack() throws Exception {
        start(
                "{name: points, permits: 100, window: 60s, kind: sliding, cost: 40, cost_header: X-Cost}",
                wire -> wire.answer(200, "done", "X-Cost: 90"));
        try (HttpTestClient client = client()) {
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.get("/").status()).isEqualTo(503);
        }
    }

    /// Points are no requests: what an answer tells is of the limit that asks for it.
    @Test
    void otherLimitsAreChargedAsEver() throws Exception {
        start(
                "{name: points, permits: 1000, window: 60s, kind: sliding, cost: 10, cost_header: X-Cost},"
                        + " {name: calls, permits: 30, window: 60s, kind: sliding}",
                wire -> wire.answer(200, "done", "X-Cost: 29"));
        try (HttpTestClient client = client()) {
            for (int i = 0; i < 30; i++) {
                assertThat(client.get("/").status()).as("request " + i).isEqualTo(200);
            }
            assertThat(client.get("/").status()).isEqualTo(503);
        }
    }

    @Test
    void whatTellsNoCostCostsWhatWasAssumed() throws Exception {
        List<String> told = List.of("X-Cost: -1", "X-Cost: NaN", "X-Cost: 1e2", "X-Cost:", "Other: 1");
        start(
                "{name: points, permits: 50, window: 60s, kind: sliding, cost: 10, cost_header: X-Cost}",
                wire -> wire.answer(
                        200, "done", told.get(upstream.orElseThrow().seen().size() % told.size())));
        try (HttpTestClient client = client()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.get("/").status()).as("request " + i).isEqualTo(200);
            }
            assertThat(client.get("/").status()).isEqualTo(503);
        }
    }

    @Test
    void refusesWhatIsNoPlaceForACost() {
        assertThatThrownBy(() -> start("{name: a, permits: 9, window: 1s, cost_from: cost}", wire -> {}))
                .hasMessageContaining("expected a JSON pointer such as /extensions/cost/actual, found \"cost\"");
        assertThatThrownBy(() -> start("{name: a, permits: 9, window: 1s, cost_header: 'X Cost'}", wire -> {}))
                .hasMessageContaining("expected the name of a header field such as X-Request-Cost");
        assertThatThrownBy(() -> start("{name: a, permits: 9, window: 1s, cost_from: /a, cost_header: X}", wire -> {}))
                .hasMessageContaining("cost_from stands there already");
    }

    private HttpTestClient client() throws IOException {
        return new HttpTestClient(gateway.orElseThrow().address());
    }

    private void start(String limits, FakeUpstream.Service service) throws IOException {
        FakeUpstream behind = new FakeUpstream(service);
        upstream = Optional.of(behind);
        Path file = Files.writeString(folder.resolve("gateway.yaml"), """
            listen: 127.0.0.1:0
            mode: pace
            threads: 1
            patience: 1s
            limits: [%s]
            upstream: http://127.0.0.1:%d
            """.formatted(limits, behind.port()));
        GatewaySettings settings = GatewaySettings.read(file, name -> null);
        ControlPlane started = ControlPlane.start(settings, name -> null, clock, Optional::empty);
        administration = Optional.of(started);
        gateway = Optional.of(Gateway.start(settings, started.parts(Ticker.sinceEpoch(clock))));
    }
}
