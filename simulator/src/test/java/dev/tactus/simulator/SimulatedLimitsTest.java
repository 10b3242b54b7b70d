package dev.tactus.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.quota.HeaderDialect;
import dev.tactus.simulator.quota.LimitRule;
import dev.tactus.simulator.quota.LimitRule.CeilingChange;
import dev.tactus.simulator.quota.LimitUsage;
import dev.tactus.simulator.quota.SimulatedWindowKind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Limits over HTTP, in a time that the tests turn.
class SimulatedLimitsTest {
    private static final String ANY = SimulatorClient.search("ZZZZZ9999999");
    private static final Limit THREE_A_MINUTE = Limit.parse("3/60s");

    // a multiple of 60 s since the epoch
    private final ManualTime time = ManualTime.atEpochSecond(1_800_000_000);

    @ParameterizedTest
    @EnumSource(SimulatedWindowKind.class)
    void letsThePermitsThroughAndNoMore(SimulatedWindowKind kind) throws Exception {
        try (Simulator simulator = start(LimitRule.ofToken(THREE_A_MINUTE).counting(kind));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.status(ANY)).isEqualTo(200);
            }
            HttpResponse<String> refused = client.get(ANY);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("\"status\":429");
            assertThat(simulator.report().throttled()).isEqualTo(1);
            // two windows later every kind has forgotten
            time.advance(Duration.ofMinutes(2));
            assertThat(client.status(ANY)).isEqualTo(200);
        }
    }

    @Test
    void aRequestCountsUntilExactlyOneWindowLater() throws Exception {
        try (Simulator simulator = start(LimitRule.ofToken(Limit.parse("1/60s")));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(client.status(ANY)).isEqualTo(200);
            time.advance(Duration.ofSeconds(60).minusNanos(1));
            assertThat(client.status(ANY)).isEqualTo(429);
            time.advance(Duration.ofNanos(1));
            assertThat(client.status(ANY)).isEqualTo(200);
        }
    }

    @Test
    void whoeverKnocksOnIsNeverLetInWhereRefusalsCount() throws Exception {
        LimitRule rule =
                LimitRule.ofToken(Limit.parse("1/60s")).counting(SimulatedWindowKind.SLIDING_LOG_COUNTING_REJECTIONS);
        try (Simulator simulator = start(rule);
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(client.status(ANY)).isEqualTo(200);
            for (int i = 0; i < 4; i++) {
                time.advance(Duration.ofSeconds(30));
                assertThat(client.status(ANY)).isEqualTo(429);
            }
            time.advance(Duration.ofSeconds(60));
            assertThat(client.status(ANY)).isEqualTo(200);
        }
    }

    @Test
    void aFixedWindowEndsAtTheMinute() throws Exception {
        try (Simulator simulator =
                        start(LimitRule.ofToken(Limit.parse("1/60s")).counting(SimulatedWindowKind.FIXED_WINDOW));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            time.advance(Duration.ofSeconds(59));
            assertThat(client.status(ANY)).isEqualTo(200);
            assertThat(client.get(ANY).headers().firstValue("Retry-After")).contains("1");
            time.advance(Duration.ofSeconds(1));
            assertThat(client.status(ANY)).isEqualTo(200);
        }
    }

    @Test
    void limitsOfPathsHoldBesideTheTokensAndChargeAllOrNone() throws Exception {
        Behaviour behaviour = Behaviour.faultless()
                .with(LimitRule.ofToken(THREE_A_MINUTE))
                .with(LimitRule.of("/v1/search", Limit.parse("1/60s")));
        try (Simulator simulator = start(behaviour);
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(client.status(ANY)).isEqualTo(200);
            for (int i = 0; i < 5; i++) {
                assertThat(client.status(ANY)).isEqualTo(429);
            }
            // the refused ones took nothing of the token's
            assertThat(client.status("/v1/tracks?ids=a")).isEqualTo(200);
            assertThat(client.status("/v1/tracks?ids=a")).isEqualTo(200);
            assertThat(client.status("/v1/tracks?ids=a")).isEqualTo(429);
        }
    }

    @Test
    void everyTokenHasItsOwnQuotaUnlessTheClientIsCounted() throws Exception {
        LimitRule perToken = LimitRule.ofToken(Limit.parse("1/60s"));
        LimitRule perClient = new LimitRule(
                "token",
                LimitRule.Per.CLIENT,
                perToken.limit(),
                perToken.kind(),
                List.of(),
                LimitRule.Refusal.PLAIN,
                true);
        for (Map.Entry<LimitRule, Integer> each :
                Map.of(perToken, 200, perClient, 429).entrySet()) {
            try (Simulator simulator = start(each.getKey());
                    SimulatorClient client = SimulatorClient.of(simulator)) {
                assertThat(client.status(ANY)).isEqualTo(200);
                client.authenticate();
                assertThat(client.status(ANY)).isEqualTo(each.getValue());
            }
        }
    }

    @Test
    void aCeilingMovesOnSchedule() throws Exception {
        LimitRule rule = LimitRule.ofToken(THREE_A_MINUTE)
                .moving(List.of(
                        new CeilingChange(Duration.ofSeconds(60), 1), new CeilingChange(Duration.ofSeconds(120), 5)));
        try (Simulator simulator = start(rule);
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(admittedOf(10, client)).isEqualTo(3);
            time.advance(Duration.ofSeconds(60));
            assertThat(admittedOf(10, client)).isEqualTo(1);
            time.advance(Duration.ofSeconds(60));
            assertThat(admittedOf(10, client)).isEqualTo(5);
        }
    }

    @Test
    void aPenaltyHoldsBeyondTheWindow() throws Exception {
        LimitRule rule =
                LimitRule.ofToken(Limit.parse("1/60s")).refusing(HeaderDialect.RETRY_AFTER, Duration.ofDays(1));
        try (Simulator simulator = start(rule);
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(client.status(ANY)).isEqualTo(200);
            assertThat(client.get(ANY).headers().firstValue("Retry-After")).contains("86400");
            time.advance(Duration.ofHours(1));
            client.authenticate();
            assertThat(client.status(ANY)).isEqualTo(200);
        }
    }

    @Test
    void deezerTellsItInsideA200() throws Exception {
        try (Simulator simulator = start(LimitRule.of("/track/", Limit.parse("1/5s")));
                SimulatorClient client = new SimulatorClient(simulator)) {
            assertThat(client.json("/track/isrc:ZZZZZ9999999").at("/error/code").asInt())
                    .isEqualTo(800);
            HttpResponse<String> refused = client.get("/track/isrc:ZZZZZ9999999");
            assertThat(refused.statusCode()).isEqualTo(200);
            assertThat(SimulatorClient.JSON
                            .readTree(refused.body())
                            .at("/error/code")
                            .asInt())
                    .isEqualTo(4);
            assertThat(simulator.report().throttled()).isEqualTo(1);
        }
    }

    @Test
    void tokensAndTheReportNeverCount() throws Exception {
        try (Simulator simulator = start(LimitRule.ofToken(Limit.parse("1/60s")));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.status("/_sim/report")).isEqualTo(200);
            }
            assertThat(client.status(ANY)).isEqualTo(200);
        }
    }

    @Test
    void tellsTheWorstWindowAndTheShareOfTheQuota() throws Exception {
        try (Simulator simulator = start(LimitRule.ofToken(Limit.parse("6/60s")));
                SimulatorClient client = SimulatorClient.of(simulator)) {
            for (int i = 0; i < 49; i++) {
                assertThat(client.status(ANY)).isEqualTo(200);
                time.advance(Duration.ofSeconds(i < 24 ? 10 : 20));
            }
            LimitUsage use = simulator.report().limits().getFirst();
            assertThat(use.worstWindow()).isEqualTo(6);
            assertThat(use.throttled()).isZero();
            // the first minute left out: 180 s at full pace, then 480 s at half of it
            assertThat(use.saturatedSeconds()).isEqualTo(180 + 480);
            assertThat(use.share()).isBetween(0.63, 0.64);
        }
    }

    private int admittedOf(int requests, SimulatorClient client) throws Exception {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            admitted += client.status(ANY) == 200 ? 1 : 0;
        }
        return admitted;
    }

    private Simulator start(LimitRule rule) {
        return start(Behaviour.faultless().with(rule));
    }

    private Simulator start(Behaviour behaviour) {
        return Simulator.start(SimulatorSettings.synthetic(100, 1).with(behaviour), time, time);
    }
}
