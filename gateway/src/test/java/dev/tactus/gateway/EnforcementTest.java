package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.state.ComplianceStatus;
import dev.tactus.gateway.usage.MinuteUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Limits as callers see them, among them the timelines of other projects' test suites.
class EnforcementTest {
    private static final String QUOTA_AND_SPIKE = """
            dialect: sonos
            limits:
              - {name: quota, permits: 1000, window: 60s, kind: fixed}
              - {name: spike, permits: 100, window: 1s, kind: sliding}
            """;

    @TempDir
    Path folder;

    @Test
    void refusesTheSecondHundredOfTwoThatLieWithinOneSecond() throws Exception {
        try (TestGateway rig = rig(QUOTA_AND_SPIKE);
                HttpTestClient client = rig.client()) {
            rig.at(Duration.ofMillis(950));
            assertThat(statuses(client, 100)).containsOnly(200);
            rig.at(Duration.ofMillis(1050));
            assertThat(statuses(client, 100)).containsOnly(429);
            rig.at(Duration.ofMillis(1950));
            assertThat(statuses(client, 100)).containsOnly(200);
        }
    }

    @Test
    void answersAQuotaAsDocumentedByteForByte() throws Exception {
        try (TestGateway rig = rig(QUOTA_AND_SPIKE);
                HttpTestClient client = rig.client()) {
            for (int second = 0; second < 10; second++) {
                rig.at(Duration.ofSeconds(second * 2L));
                assertThat(statuses(client, 100)).containsOnly(200);
            }
            rig.at(Duration.ofSeconds(28));
            HttpTestClient.Answer refused = client.get("/");
            assertThat(refused.head().start()).isEqualTo("HTTP/1.1 429 Too Many Requests");
            assertThat(refused.head().fields())
                    .containsExactly(
                            "Content-Type: application/json",
                            "Content-Length: 71",
                            "Connection: keep-alive",
                            "RateLimit-Limit: 1000",
                            "RateLimit-Remaining: 0",
                            "RateLimit-Reset: 32",
                            "Retry-After: 32");
            assertThat(refused.body())
                    .isEqualTo("{\"errorCode\":\"TOO_MANY_REQUESTS\",\"reason\":\"Rate limit quota exceeded.\"}")
                    .hasSize(71);
            rig.at(Duration.ofSeconds(60));
            assertThat(client.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void answersASpikeArrestWithRetryAfterAlone() throws Exception {
        try (TestGateway rig = rig(QUOTA_AND_SPIKE);
                HttpTestClient client = rig.client()) {
            assertThat(statuses(client, 100)).containsOnly(200);
            HttpTestClient.Answer refused = client.get("/");
            assertThat(refused.head().fields())
                    .containsExactly(
                            "Content-Type: application/json",
                            "Content-Length: 89",
                            "Connection: keep-alive",
                            "Retry-After: 1");
        }
    }

    @Test
    void sonosAddsNothingToAnswersThatPass() throws Exception {
        try (TestGateway rig = rig(QUOTA_AND_SPIKE);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/").head().fields()).containsExactly("Content-Length: 2");
        }
    }

    @Test
    void whatOneLimitRefusesDoesNotUseUpTheOther() throws Exception {
        try (TestGateway rig = rig("""
                dialect: x-ratelimit
                limits:
                  - {name: quota, permits: 10, window: 60s, kind: fixed}
                  - {name: spike, permits: 5, window: 1s}
                """);
                HttpTestClient client = rig.client()) {
            assertThat(statuses(client, 8)).containsExactly(200, 200, 200, 200, 200, 429, 429, 429);
            rig.at(Duration.ofSeconds(1));
            assertThat(client.get("/").field("X-RateLimit-Remaining")).isEqualTo("4");
        }
    }

    /// Envoy ratelimit's case: 20 a minute, asked 25 times.
    @Test
    void countsDownFromNineteenAndThenRefuses() throws Exception {
        try (TestGateway rig = rig("limits: [{name: quota, permits: 20, window: 60s, kind: fixed}]");
                HttpTestClient client = rig.client()) {
            rig.at(Duration.ofSeconds(10));
            for (int remaining = 19; remaining >= 0; remaining--) {
                HttpTestClient.Answer passed = client.get("/");
                assertThat(passed.status()).isEqualTo(200);
                assertThat(passed.field("RateLimit-Policy")).isEqualTo("\"quota\";q=20;w=60");
                assertThat(passed.field("RateLimit")).isEqualTo("\"quota\";r=" + remaining + ";t=50");
            }
            for (int i = 0; i < 5; i++) {
                HttpTestClient.Answer refused = client.get("/");
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.field("RateLimit")).isEqualTo("\"quota\";r=0;t=50");
                assertThat(refused.field("RateLimit-Policy")).isEqualTo("\"quota\";q=20;w=60");
                assertThat(refused.field("Retry-After")).isEqualTo("50");
                assertThat(refused.field("Content-Type")).isEqualTo("application/problem+json");
                assertThat(refused.body()).contains("\"status\":429").contains("\"violated-policies\":[\"quota\"]");
            }
        }
    }

    /// A client of one route needs no figures of another's.
    @Test
    void answersTellOfTheLimitsThatHoldForTheRequest() throws Exception {
        String limits = """
                limits:
                  - {name: quota, permits: 9, window: 60s}
                  - {name: search, permits: 1, window: 1h, match: {path: /v1/search, methods: [GET]}}
                """;
        try (TestGateway rig = rig(limits);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/v1/tracks").field("RateLimit-Policy")).isEqualTo("\"quota\";q=9;w=60");
            assertThat(client.get("/v1/tracks").field("RateLimit"))
                    .startsWith("\"quota\";r=7;t=6")
                    .doesNotContain("search");
            assertThat(client.get("/v1/search;a").field("RateLimit-Policy"))
                    .isEqualTo("\"quota\";q=9;w=60, \"search\";q=1;w=3600");
            assertThat(client.get("/v1/search").field("RateLimit-Policy")).contains("search", "quota");
        }
        try (TestGateway rig = rig("dialect: x-ratelimit\n" + limits);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/v1/tracks").field("X-RateLimit-Limit")).isEqualTo("9");
            assertThat(client.get("/v1/search").field("X-RateLimit-Limit")).isEqualTo("1");
        }
    }

    /// Kong's case: remaining counts down, reset lies between 0 and 60.
    @Test
    void tellsRemainingAndResetAsOthersDo() throws Exception {
        try (TestGateway rig = rig("""
                dialect: x-ratelimit
                limits: [{name: minute, permits: 6, window: 60s, kind: fixed}]
                """);
                HttpTestClient client = rig.client()) {
            for (int i = 1; i <= 6; i++) {
                rig.at(Duration.ofMillis(9_500L * i));
                HttpTestClient.Answer passed = client.get("/");
                assertThat(passed.field("X-RateLimit-Limit")).isEqualTo("6");
                assertThat(passed.field("X-RateLimit-Remaining")).isEqualTo(Integer.toString(6 - i));
                assertThat(Integer.parseInt(passed.field("X-RateLimit-Reset"))).isBetween(0, 60);
            }
            HttpTestClient.Answer refused = client.get("/");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.field("X-RateLimit-Remaining")).isEqualTo("0");
            assertThat(refused.field("Retry-After")).isEqualTo("3");
        }
    }

    /// nginx limit_req's cases: what is rejected is not counted, two keys are independent, a dry run rejects nothing.
    @Test
    void rejectedRequestsAreNotCountedUnlessSaidSo() throws Exception {
        try (TestGateway rig = rig("limits: [{name: one, permits: 1, window: 1s}]");
                HttpTestClient client = rig.client()) {
            assertThat(statuses(client, 5)).containsExactly(200, 429, 429, 429, 429);
            rig.at(Duration.ofSeconds(1));
            assertThat(statuses(client, 2)).containsExactly(200, 429);
        }
        try (TestGateway rig = rig("limits: [{name: one, permits: 1, window: 1s, counts_refused: true}]");
                HttpTestClient client = rig.client()) {
            assertThat(statuses(client, 1)).containsExactly(200);
            rig.at(Duration.ofMillis(900));
            assertThat(statuses(client, 1)).containsExactly(429);
            rig.at(Duration.ofSeconds(1));
            assertThat(statuses(client, 1)).containsExactly(429);
        }
    }

    @Test
    void applicationsAreIndependentAndCountedInAggregateOverTheirKeys() throws Exception {
        try (TestGateway rig = rig("""
                limits: [{name: quota, permits: 2, window: 60s, kind: fixed}]
                applications:
                  - {id: radio, key_sha256: ["%s", "%s"]}
                  - {id: partner, key_sha256: ["%s"], limits: [{name: quota, permits: 3}]}
                """.formatted(sha256("radio-old"), sha256("radio-new"), sha256("partner")));
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/", "X-Api-Key: radio-old").status()).isEqualTo(200);
            assertThat(client.get("/", "X-Api-Key: radio-new").status()).isEqualTo(200);
            assertThat(client.get("/", "X-Api-Key: radio-old").status()).isEqualTo(429);
            List<Integer> partner = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                partner.add(client.get("/", "X-Api-Key: partner").status());
            }
            assertThat(partner).containsExactly(200, 200, 200, 429);
            HttpTestClient.Answer unknown = client.get("/", "X-Api-Key: nobody");
            assertThat(unknown.status()).isEqualTo(401);
            assertThat(unknown.field("WWW-Authenticate")).contains("X-Api-Key");
            assertThat(client.get("/").status()).isEqualTo(401);
        }
    }

    @Test
    void aLimitInShadowRefusesNothingButIsCounted() throws Exception {
        try (TestGateway rig = rig("limits: [{name: trial, permits: 1, window: 60s, shadow: true}]");
                HttpTestClient client = rig.client()) {
            assertThat(statuses(client, 3)).containsOnly(200);
            MinuteUsage counted = rig.usage.take(rig.now.get()).getFirst();
            assertThat(counted.admitted()).isEqualTo(3);
            assertThat(counted.limits().getFirst().shadowed()).isEqualTo(2);
            assertThat(client.get("/").head().has("RateLimit-Policy")).isFalse();
        }
    }

    @Test
    void limitsHoldForTheirPathsAndMethodsHoweverThePathIsSpelt() throws Exception {
        try (TestGateway rig = rig("""
                limits: [{name: search, permits: 1, window: 60s, match: {path: /v1/search, methods: [GET]}}]
                """);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/v1/tracks").status()).isEqualTo(200);
            assertThat(client.get("/v1/searches").status()).isEqualTo(200);
            assertThat(client.get("/v1/search?q=a").status()).isEqualTo(200);
            for (String path : List.of(
                    "/v1/search",
                    "/v1/search/",
                    "/v1/search/more",
                    "//v1//search",
                    "/v1/./search",
                    "/v1/x/../search",
                    "/v1/%73earch",
                    "/v1%2Fsearch",
                    "http://api.example/v1/search")) {
                assertThat(client.get(path).status()).as(path).isEqualTo(429);
            }
            client.send("DELETE /v1/search HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void routesCostWhatTheConfigurationSays() throws Exception {
        try (TestGateway rig = rig("""
                dialect: x-ratelimit
                limits: [{name: quota, permits: 10, window: 60s, kind: fixed, costs: [{path: /export, cost: 5}, {path: /health, cost: 0}]}]
                """);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/export/all").field("X-RateLimit-Remaining")).isEqualTo("5");
            assertThat(client.get("/tracks").field("X-RateLimit-Remaining")).isEqualTo("4");
            assertThat(client.get("/health").field("X-RateLimit-Remaining")).isEqualTo("4");
            assertThat(client.get("/export/all").status()).isEqualTo(429);
            assertThat(client.get("/tracks").status()).isEqualTo(200);
        }
    }

    @Test
    void namesTheLimitWithTheLongestWait() throws Exception {
        try (TestGateway rig = rig("""
                limits:
                  - {name: second, permits: 1, window: 1s}
                  - {name: hour, permits: 1, window: 1h, kind: fixed}
                """);
                HttpTestClient client = rig.client()) {
            client.get("/");
            HttpTestClient.Answer refused = client.get("/");
            assertThat(refused.field("Retry-After")).isEqualTo("3600");
            assertThat(refused.field("RateLimit")).isEqualTo("\"hour\";r=0;t=3600, \"second\";r=0;t=1");
            assertThat(refused.body()).contains("limit hour exceeded; try again in 3600 s");
        }
    }

    @Test
    void opaqueExplainsNothing() throws Exception {
        try (TestGateway rig = rig("""
                dialect: opaque
                limits: [{name: quota, permits: 1, window: 60s}]
                """);
                HttpTestClient client = rig.client()) {
            client.get("/");
            HttpTestClient.Answer refused = client.get("/");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.head().fields()).containsExactly("content-length: 0");
        }
    }

    @Test
    void theBodyOfRefusalsIsATemplate() throws Exception {
        try (TestGateway rig = rig("""
                dialect: sonos
                refusal_body: '{"over":"{limit}","of":{permits},"wait":{retry_after},"window":{window}}'
                limits: [{name: quota, permits: 1, window: 60s, kind: fixed}]
                """);
                HttpTestClient client = rig.client()) {
            client.get("/");
            assertThat(client.get("/").body()).isEqualTo("{\"over\":\"quota\",\"of\":1,\"wait\":60,\"window\":60}");
        }
    }

    @Test
    void restrictedApplicationsKeepAShareAndRevokedOnesNothing() throws Exception {
        try (TestGateway rig = rig("""
                limits: [{name: quota, permits: 4, window: 60s, kind: fixed}]
                applications: [{id: radio, key_sha256: ["%s"]}]
                violations: {regular: "20%% refused on 3 of 7 days", restrict_to: 50%%}
                """.formatted(sha256("radio")));
                HttpTestClient client = rig.client()) {
            rig.standings.set(Map.of("radio", ComplianceStatus.RESTRICTED));
            assertThat(client.get("/", "X-Api-Key: radio").status()).isEqualTo(200);
            assertThat(client.get("/", "X-Api-Key: radio").status()).isEqualTo(200);
            assertThat(client.get("/", "X-Api-Key: radio").status()).isEqualTo(429);
            rig.standings.set(Map.of("radio", ComplianceStatus.REVOKED));
            assertThat(client.get("/", "X-Api-Key: radio").status()).isEqualTo(403);
            rig.standings.set(Map.of());
            assertThat(client.get("/", "X-Api-Key: radio").status()).isEqualTo(200);
            MinuteUsage counted = rig.usage.take(rig.now.get()).stream()
                    .filter(one -> one.application().equals("radio") && one.turnedAway() > 0)
                    .findFirst()
                    .orElseThrow();
            assertThat(counted.turnedAway()).isEqualTo(1);
        }
    }

    private TestGateway rig(String yaml) throws Exception {
        return TestGateway.start(FakeUpstream.saying("ok"), folder, yaml);
    }

    static List<Integer> statuses(HttpTestClient client, int requests) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            statuses.add(client.get("/").status());
        }
        return statuses;
    }

    static String sha256(String key) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
