package dev.tactus.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.behaviour.TokenLifetime;
import dev.tactus.simulator.catalog.SyntheticCatalog;
import dev.tactus.simulator.fault.FaultSchedule;
import dev.tactus.simulator.fault.ItemFault;
import dev.tactus.simulator.fault.RequestFault;
import dev.tactus.simulator.fault.RequestFault.Html;
import dev.tactus.simulator.fault.RequestFault.OneItem;
import dev.tactus.simulator.fault.RequestFault.Oversized;
import dev.tactus.simulator.fault.RequestFault.Reset;
import dev.tactus.simulator.fault.RequestFault.Revoked;
import dev.tactus.simulator.fault.RequestFault.ServerError;
import dev.tactus.simulator.fault.RequestFault.Slow;
import dev.tactus.simulator.fault.RequestFault.Stalled;
import dev.tactus.simulator.fault.RequestFault.Throttled;
import dev.tactus.simulator.fault.RequestFault.Truncated;
import dev.tactus.simulator.fault.RequestFaultRule;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Faults that hit requests, over HTTP.
class RequestFaultsTest {
    private final ManualTime time = ManualTime.atEpochSecond(1_800_000_000);
    private final SyntheticCatalog catalog = new SyntheticCatalog(1, 100);
    private final String isrc = catalog.isrc(3).value();
    private final String id = catalog.tracksOf(catalog.isrc(3)).getFirst().id();
    private final String search = SimulatorClient.search(isrc);

    @Test
    void serverErrorsHitTheNumbersTheyAreToldTo() throws Exception {
        try (Simulator simulator =
                        start(rule("/v1/search", FaultSchedule.numbers(2L), new ServerError(502, Duration.ZERO)));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(client.status(search)).isEqualTo(200);
            assertThat(client.status(search)).isEqualTo(502);
            assertThat(client.status(search)).isEqualTo(200);
            assertThat(client.status("/v1/tracks?ids=a")).isEqualTo(200);
            assertThat(client.status("/v1/tracks?ids=a")).isEqualTo(200);
            assertThat(simulator.report().faults()).containsEntry("server_error", 1L);
            assertThat(simulator.report().throttled()).isZero();
        }
    }

    @Test
    void aServiceUnavailableWithRetryAfterIsARefusal() throws Exception {
        try (Simulator simulator =
                        start(rule("", FaultSchedule.numbers(1L), new ServerError(503, Duration.ofSeconds(7))));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            HttpResponse<String> answer = client.get(search);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("7");
            assertThat(simulator.report().throttled()).isEqualTo(1);
        }
    }

    @Test
    void aShareOfRequestsIsDrawnTheSameEveryTime() throws Exception {
        List<List<Integer>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (Simulator simulator = start(rule("", FaultSchedule.share(0.3), new ServerError(500, Duration.ZERO)));
                    SimulatorClient client = SimulatorClient.of(simulator)) {
                List<Integer> statuses = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    statuses.add(client.status(search));
                }
                runs.add(statuses);
            }
        }
        assertThat(runs.getFirst()).isEqualTo(runs.getLast());
        assertThat(runs.getFirst().stream().filter(status -> status == 500).count())
                .isBetween(15L, 45L);
    }

    @Test
    void aStormComesAndGoesOnSchedule() throws Exception {
        FaultSchedule storm = new FaultSchedule(
                1, 1, Set.of(), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(60), Long.MAX_VALUE);
        try (Simulator simulator = start(rule("", storm, new Throttled(Duration.ZERO, Duration.ZERO)));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(client.status(search)).isEqualTo(200);
            time.advance(Duration.ofSeconds(10));
            HttpResponse<String> refused = client.get(search);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
            time.advance(Duration.ofSeconds(5));
            assertThat(client.status(search)).isEqualTo(200);
            time.advance(Duration.ofSeconds(56));
            assertThat(client.status(search)).isEqualTo(429);
        }
    }

    @Test
    void aDayLongPenaltyHoldsForANewTokenToo() throws Exception {
        try (Simulator simulator =
                        start(rule("", FaultSchedule.numbers(1L), new Throttled(Duration.ZERO, Duration.ofDays(1))));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(client.get(search).headers().firstValue("Retry-After")).contains("86400");
            time.advance(Duration.ofHours(2));
            client.authenticate();
            HttpResponse<String> later = client.get(search);
            assertThat(later.statusCode()).isEqualTo(429);
            assertThat(later.headers().firstValue("Retry-After")).contains("79200");
            time.advance(Duration.ofHours(22));
            client.authenticate();
            assertThat(client.status(search)).isEqualTo(200);
        }
    }

    @Test
    void aConnectionIsReset() throws Exception {
        try (Simulator simulator = start(rule("/v1/search", FaultSchedule.ALWAYS, new Reset()));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThatThrownBy(() -> client.get(search)).isInstanceOf(IOException.class);
            assertThat(simulator.report().statuses()).containsKey("reset");
            assertThat(client.status("/v1/tracks?ids=a")).isEqualTo(200);
        }
    }

    @Test
    void aBodyEndsInTheMiddle() throws Exception {
        try (Simulator simulator = start(rule("", FaultSchedule.numbers(1L), new Truncated()));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThatThrownBy(() -> client.get(search)).isInstanceOf(IOException.class);
            assertThat(client.status(search)).isEqualTo(200);
        }
    }

    @Test
    void slowAndStalledAnswersAreWholeInTheEnd() throws Exception {
        Behaviour behaviour = Behaviour.faultless()
                .with(rule("", FaultSchedule.numbers(1L), new Slow(Duration.ofMillis(100))))
                .with(rule("", FaultSchedule.numbers(2L), new Stalled(Duration.ofMillis(100))));
        try (Simulator simulator = start(behaviour);
                SimulatorClient client = SimulatorClient.of(simulator)) {
            long before = System.nanoTime();
            String slow = client.get(search).body();
            long between = System.nanoTime();
            String stalled = client.get(search).body();
            assertThat(between - before).isGreaterThan(90_000_000L);
            assertThat(System.nanoTime() - between).isGreaterThan(90_000_000L);
            assertThat(client.get(search).body()).isEqualTo(slow).isEqualTo(stalled);
        }
    }

    @Test
    void aPageOfHtmlComesWithStatus200() throws Exception {
        try (Simulator simulator = start(rule("", FaultSchedule.ALWAYS, new Html()));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            HttpResponse<String> answer = client.get(search);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
            assertThat(answer.body()).contains("<html>");
        }
    }

    @Test
    void anOversizedBodyIsValidAndLarge() throws Exception {
        try (Simulator simulator = start(rule("", FaultSchedule.numbers(1L), new Oversized(3_000_000)));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            String body = client.get(search).body();
            assertThat(body.length()).isGreaterThan(3_000_000);
            assertThat(SimulatorClient.JSON.readTree(body).at("/tracks/total").asInt())
                    .isPositive();
        }
    }

    @Test
    void aTokenIsRevokedBeforeItsTime() throws Exception {
        try (Simulator simulator = start(rule("", FaultSchedule.numbers(2L), new Revoked()));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(client.status(search)).isEqualTo(200);
            assertThat(client.status(search)).isEqualTo(401);
            assertThat(client.status(search)).isEqualTo(401);
            client.authenticate();
            assertThat(client.status(search)).isEqualTo(200);
        }
    }

    @Test
    void aTokenExpiresWhenItWasToldTo() throws Exception {
        Behaviour behaviour =
                Behaviour.faultless().with(new TokenLifetime(Duration.ofSeconds(30), Duration.ofSeconds(20), 3));
        try (Simulator simulator = start(behaviour);
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(SimulatorClient.JSON
                            .readTree(client.token("a", "b", "grant_type=client_credentials")
                                    .body())
                            .path("expires_in")
                            .asInt())
                    .isEqualTo(30);
            assertThat(client.status(search)).isEqualTo(200);
            time.advance(Duration.ofSeconds(20));
            assertThat(client.status(search)).isEqualTo(401);
            client.authenticate();
            for (int i = 0; i < 3; i++) {
                assertThat(client.status(search)).isEqualTo(200);
            }
            assertThat(client.status(search)).isEqualTo(401);
        }
    }

    @Test
    void anEmptySearchIsNeverEmptyTwiceRunning() throws Exception {
        try (Simulator simulator = start(rule("", FaultSchedule.ALWAYS, new OneItem(new ItemFault.Empty())));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.json(search).at("/tracks/items").size()).isZero();
                assertThat(client.json(search).at("/tracks/items").size()).isPositive();
            }
        }
    }

    @Test
    void oneTrackOfABatchIsWrongAndTheOthersAreNot() throws Exception {
        List<String> ids = new ArrayList<>();
        for (long i = 0; i < 20; i++) {
            ids.add(catalog.tracksOf(catalog.isrc(i)).getFirst().id());
        }
        try (Simulator simulator =
                        start(rule("", FaultSchedule.ALWAYS, new OneItem(new ItemFault.WrongType("duration_ms"))));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            int wrong = 0;
            for (JsonNode track : client.json(SimulatorClient.tracks(ids)).path("tracks")) {
                wrong += track.path("duration_ms").isString() ? 1 : 0;
            }
            assertThat(wrong).isEqualTo(1);
            assertThat(client.json(SimulatorClient.tracks(List.of(id)))
                            .at("/tracks/0/duration_ms")
                            .asString())
                    .isEqualTo("n/a");
        }
    }

    private static RequestFaultRule rule(String path, FaultSchedule when, RequestFault fault) {
        return new RequestFaultRule(path, when, fault);
    }

    private Simulator start(RequestFaultRule rule) {
        return start(Behaviour.faultless().with(rule));
    }

    private Simulator start(Behaviour behaviour) {
        return Simulator.start(SimulatorSettings.synthetic(100, 1).with(behaviour), time, time);
    }
}
