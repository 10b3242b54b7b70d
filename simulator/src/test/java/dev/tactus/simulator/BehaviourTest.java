package dev.tactus.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.limits.Limit;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.behaviour.Latency;
import dev.tactus.simulator.behaviour.TokenLifetime;
import dev.tactus.simulator.fault.FaultSchedule;
import dev.tactus.simulator.fault.ItemFault;
import dev.tactus.simulator.fault.RecordingFaultRule;
import dev.tactus.simulator.fault.RequestFault;
import dev.tactus.simulator.fault.RequestFaultRule;
import dev.tactus.simulator.quota.HeaderDialect;
import dev.tactus.simulator.quota.LimitRule;
import dev.tactus.simulator.quota.LimitRule.CeilingChange;
import dev.tactus.simulator.quota.SimulatedWindowKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BehaviourTest {
    @Test
    void readsLimitsLatencyAndTokens() {
        Behaviour behaviour = Behaviour.parse("b.yaml", """
                limits:
                  - limit: 180/60s
                  - scope: /v1/search
                    limit: 100/60s
                    kind: fixed_window
                    per: client
                    headers: x_ratelimit
                    hold: 15m
                    enforced: false
                    ceilings:
                      - {after: 2m, permits: 50}
                latency: {base: 40ms, jitter: 60ms, tail_share: 1%, tail: 2s}
                tokens: {expires_in: 60s, revoked_after: 30s, revoked_after_requests: 9}
                """);
        assertThat(behaviour.limits())
                .containsExactly(
                        LimitRule.ofToken(Limit.parse("180/60s")),
                        new LimitRule(
                                "/v1/search",
                                LimitRule.Per.CLIENT,
                                Limit.parse("100/60s"),
                                SimulatedWindowKind.FIXED_WINDOW,
                                List.of(new CeilingChange(Duration.ofMinutes(2), 50)),
                                new LimitRule.Refusal(HeaderDialect.X_RATELIMIT, Duration.ofMinutes(15)),
                                false));
        assertThat(behaviour.latency())
                .isEqualTo(new Latency(Duration.ofMillis(40), Duration.ofMillis(60), 0.01, Duration.ofSeconds(2)));
        assertThat(behaviour.tokens()).isEqualTo(new TokenLifetime(Duration.ofSeconds(60), Duration.ofSeconds(30), 9));
    }

    @Test
    void readsFaultsOfRequests() {
        Behaviour behaviour = Behaviour.parse("b.yaml", """
                requests:
                  - {fault: server_error, path: /v1/streams, share: 2%, status: 503, retry_after: 5s}
                  - {fault: throttled, from: 30s, for: 10s, repeat: 2m, at_most: 50}
                  - {fault: reset, requests: [3, 7]}
                  - {fault: oversized, every: 100, bytes: 1000}
                  - {fault: missing, as: nulled, share: 1%}
                """);
        assertThat(behaviour.requests())
                .containsExactly(
                        new RequestFaultRule(
                                "/v1/streams",
                                FaultSchedule.share(0.02),
                                new RequestFault.ServerError(503, Duration.ofSeconds(5))),
                        new RequestFaultRule(
                                "",
                                new FaultSchedule(
                                        1,
                                        1,
                                        Set.of(),
                                        Duration.ofSeconds(30),
                                        Duration.ofSeconds(10),
                                        Duration.ofMinutes(2),
                                        50),
                                new RequestFault.Throttled(Duration.ZERO, Duration.ZERO)),
                        new RequestFaultRule("", FaultSchedule.numbers(3L, 7L), new RequestFault.Reset()),
                        new RequestFaultRule(
                                "",
                                new FaultSchedule(
                                        1,
                                        100,
                                        Set.of(),
                                        Duration.ZERO,
                                        FaultSchedule.FOR_EVER,
                                        Duration.ZERO,
                                        Long.MAX_VALUE),
                                new RequestFault.Oversized(1_000)),
                        new RequestFaultRule(
                                "", FaultSchedule.share(0.01), new RequestFault.OneItem(new ItemFault.Missing(true))));
    }

    @Test
    void readsFaultsOfRecordings() {
        Behaviour behaviour = Behaviour.parse("b.yaml", """
                recordings:
                  - {fault: unavailable, share: 1%}
                  - {fault: pending, share: 100%, path: /v1/streams, asks: 2}
                  - {fault: drifted, field: title, isrcs: [USUM72409273], from: 1m, until: 2m}
                  - {fault: failing_territories, share: 5%, territories: 20%}
                  - {fault: preliminary, share: 100%, lacks: 7%, asks: 1}
                """);
        assertThat(behaviour.recordings())
                .containsExactly(
                        RecordingFaultRule.share(0.01, new ItemFault.Unavailable()),
                        RecordingFaultRule.share(1, new ItemFault.Pending())
                                .on("/v1/streams")
                                .forAsks(2),
                        new RecordingFaultRule(
                                "",
                                new ItemFault.Drifted(ItemFault.Aspect.TITLE),
                                0,
                                Set.of(new Isrc("USUM72409273")),
                                0,
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(2)),
                        RecordingFaultRule.share(0.05, new ItemFault.FailingTerritories(0.2)),
                        RecordingFaultRule.share(1, new ItemFault.Preliminary(0.07))
                                .forAsks(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit: []                                        | b.yaml:1|did you mean \"limits\"",
                "limits: [{limit: 180}]                           | b.yaml:1|180/60s",
                "limits: [{limit: 1/1s, kind: slidinglog}]        | b.yaml:1|sliding_log",
                "limits: [{limit: 1/1s, scope: v1}]               | b.yaml:1|/v1/search",
                "limits: [{limit: 1/1s, kind: sliding_counter}, {limit: 900000000/9d, kind: sliding_counter}] | b.yaml:1|too large",
                "requests: [{fault: resets}]                      | b.yaml:1|reset",
                "requests: [{fault: reset, path: v1}]             | b.yaml:1|begins with /",
                "requests: [{fault: slow}]                        | b.yaml:1|duration",
                "recordings: [{fault: unavailable}]               | b.yaml:1|a share, or a list of isrcs",
                "recordings: [{fault: reset, share: 1%}]          | b.yaml:1|write it under requests",
                "recordings: [{fault: pending, isrcs: [x]}]       | b.yaml:1|ISRC",
                "recordings: [{fault: wrong_type, share: 1%}]     | b.yaml:1|field",
                "tokens: {expires_in: 10ms}                       | b.yaml:1|at least 1s",
            })
    void refusesWhatItDoesNotUnderstandByPlace(String yaml, String place, String says) {
        assertThatThrownBy(() -> Behaviour.parse("b.yaml", yaml))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(place)
                .hasMessageContaining(says);
    }

    @Test
    void theExamplesInTheDocumentationAreGood() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../docs/behaviours"))) {
            List<Path> examples =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();
            assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
            for (Path example : examples) {
                Behaviour behaviour = Behaviour.read(example);
                assertThat(behaviour).as(example.toString()).isNotEqualTo(Behaviour.faultless());
            }
        }
    }
}
