package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A limit on a path isn't passed by spelling the path as only some servers read it.
class PathReadingTest {
    private static final String SEARCH = """
            limits:
              - {name: search, permits: 1, window: 60s, match: {path: /v1/search}}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/search;p=1",
                "/v1;x/search",
                "/v1/a/..;/search",
                "/v1/a/..;x=1/search",
                "/v1/search%3bp",
                "/v1/search%3Bp=1",
                "/v1/a/..%3b/search",
                "/v1/search%20",
                "/v1/%20search",
                "/v1/search%20/deep",
                "/v1/search%3Fq=1",
                "/v1/search%3f",
                "/v1/search%23x",
                "/v1/search%2Fdeep",
                "/v1/search/..%2f..%2fx",
                "/v1/search/%2e%2e%2fsearch",
                "/v1/%2573earch",
                "/v1/search%253bp",
                "/v1/search/..;/x",
                "//v1/./search",
                "/v1/x/%2e%2E/search",
            })
    void isCountedByTheStricterReading(String target) throws Exception {
        try (TestGateway rig = rig(SEARCH);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/v1/search").status()).isEqualTo(200);
            assertThat(client.get(target).status()).isEqualTo(429);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/search%00",
                "/v1/search%09",
                "/v1/search%0d%0a",
                "/v1/search%7f",
                "/v1\\search",
                "/v1%5csearch",
                "/v1%5Csearch",
                "/v1/search%",
                "/v1/search%zz",
                "/v1/search%u0020",
                "/v1%c0%afsearch",
                "/v1%e0%80%afsearch",
                "/v1/x%1f",
            })
    void whatIsNotPlainIsRefused(String target) throws Exception {
        try (TestGateway rig = rig(SEARCH);
                HttpTestClient client = rig.client()) {
            assertThat(client.get(target).status()).isEqualTo(400);
            assertThat(rig.upstream.seen()).isEmpty();
        }
    }

    /// The refusals above would say nothing of a gateway that takes every odd path for that of its limits.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/searches",
                "/v1/Search",
                "/v1/artists/Bj%C3%B6rk%20Gu%C3%B0",
                "/v1/a;b=c",
                "/v1/x%2Fy",
                "/v1/x?path=/v1/search;%00",
                "/v1/search%2ex"
            })
    void othersAreOthers(String target) throws Exception {
        try (TestGateway rig = rig(SEARCH);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/v1/search").status()).isEqualTo(200);
            assertThat(client.get(target).status()).isEqualTo(200);
            assertThat(rig.upstream.seen().getLast().start()).isEqualTo("GET " + target + " HTTP/1.1");
        }
    }

    @Test
    void whereTheUpstreamIgnoresCaseSoDoesTheLimit() throws Exception {
        try (TestGateway rig = rig("""
                limits:
                  - {name: search, permits: 1, window: 60s, match: {path: /v1/search}, ignore_case: true}
                """);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/V1/Search").status()).isEqualTo(200);
            assertThat(client.get("/v1/sEARCH/deep").status()).isEqualTo(429);
            assertThat(client.get("/v1/searches").status()).isEqualTo(200);
        }
    }

    /// A free route is free in every reading or not at all.
    @Test
    void noReadingMakesAnythingCheaper() throws Exception {
        try (TestGateway rig = rig("""
                limits:
                  - {name: quota, permits: 1, window: 60s, costs: [{path: /health, cost: 0}]}
                """);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/health").status()).isEqualTo(200);
            assertThat(client.get("/health/..;/v1/search").status()).isEqualTo(200);
            assertThat(client.get("/health/..;/v1/search").status()).isEqualTo(429);
            assertThat(client.get("/health").status()).isEqualTo(200);
        }
    }

    private TestGateway rig(String yaml) throws Exception {
        return TestGateway.start(FakeUpstream.saying("ok"), folder, yaml);
    }
}
