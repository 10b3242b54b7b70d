package dev.tactus.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.quota.HeaderDialect;
import dev.tactus.simulator.quota.LimitRule;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What each dialect says on a passing answer and on a refusal: two permits a minute, the first request 10.5 s ago.
class HeaderDialectTest {
    private static final long EPOCH = 1_800_000_000;

    static Stream<Arguments> dialects() {
        return Stream.of(
                Arguments.of(HeaderDialect.NONE, Map.of(), Map.of()),
                Arguments.of(HeaderDialect.RETRY_AFTER, Map.of(), Map.of("retry-after", "50")),
                Arguments.of(
                        HeaderDialect.RETRY_AFTER_DATE,
                        Map.of(),
                        Map.of("retry-after", "Fri, 15 Jan 2027 08:01:00 GMT")),
                Arguments.of(HeaderDialect.RETRY_AFTER_ZERO, Map.of(), Map.of("retry-after", "0")),
                Arguments.of(
                        HeaderDialect.RATELIMIT,
                        Map.of("ratelimit-limit", "2", "ratelimit-remaining", "1", "ratelimit-reset", "60"),
                        Map.of("ratelimit-limit", "2", "ratelimit-remaining", "0", "ratelimit-reset", "50")),
                Arguments.of(
                        HeaderDialect.SONOS,
                        Map.of(),
                        Map.of(
                                "ratelimit-limit", "2",
                                "ratelimit-remaining", "0",
                                "ratelimit-reset", "50",
                                "retry-after", "50")),
                Arguments.of(
                        HeaderDialect.X_RATELIMIT,
                        Map.of(
                                "x-ratelimit-limit",
                                "2",
                                "x-ratelimit-remaining",
                                "1",
                                "x-ratelimit-reset",
                                "1800000060"),
                        Map.of(
                                "x-ratelimit-limit",
                                "2",
                                "x-ratelimit-remaining",
                                "0",
                                "x-ratelimit-reset",
                                "1800000060")),
                Arguments.of(
                        HeaderDialect.X_RATELIMIT_DELTA,
                        Map.of("x-ratelimit-limit", "2", "x-ratelimit-remaining", "1", "x-ratelimit-reset", "60"),
                        Map.of("x-ratelimit-limit", "2", "x-ratelimit-remaining", "0", "x-ratelimit-reset", "50")),
                Arguments.of(
                        HeaderDialect.LISTENBRAINZ,
                        Map.of("x-ratelimit-limit", "2", "x-ratelimit-remaining", "1", "x-ratelimit-reset-in", "60"),
                        Map.of("x-ratelimit-limit", "2", "x-ratelimit-remaining", "0", "x-ratelimit-reset-in", "50")),
                Arguments.of(
                        HeaderDialect.STRUCTURED,
                        Map.of("ratelimit-policy", "\"default\";q=2;w=60", "ratelimit", "\"default\";r=1;t=60"),
                        Map.of("ratelimit-policy", "\"default\";q=2;w=60", "ratelimit", "\"default\";r=0;t=50")));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void speaks(HeaderDialect dialect, Map<String, String> passing, Map<String, String> refused) throws Exception {
        ManualTime time = ManualTime.atEpochSecond(EPOCH);
        Behaviour behaviour = Behaviour.faultless()
                .with(LimitRule.ofToken(Limit.parse("2/60s")).refusing(dialect, Duration.ZERO));
        try (Simulator simulator =
                        Simulator.start(SimulatorSettings.synthetic(10, 1).with(behaviour), time, time);
                SimulatorClient client = SimulatorClient.of(simulator)) {
            assertThat(limits(client.get("/v1/tracks?ids=a"))).isEqualTo(passing);
            time.advance(Duration.ofMillis(10_500));
            client.get("/v1/tracks?ids=a");
            HttpResponse<String> refusal = client.get("/v1/tracks?ids=a");
            assertThat(refusal.statusCode()).isEqualTo(429);
            assertThat(limits(refusal)).isEqualTo(refused);
        }
    }

    private static Map<String, String> limits(HttpResponse<String> response) {
        HttpHeaders headers = response.headers();
        Map<String, String> limits = new TreeMap<>();
        for (Map.Entry<String, List<String>> header : headers.map().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.contains("ratelimit") || name.equals("retry-after")) {
                limits.put(name, header.getValue().getFirst());
            }
        }
        return limits;
    }
}
