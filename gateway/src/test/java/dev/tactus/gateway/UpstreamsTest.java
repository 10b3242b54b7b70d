package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.limits.Ticker;
import dev.tactus.settings.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several upstreams behind one gateway, each with its own host, path, limits and mode.
class UpstreamsTest {
    @TempDir
    Path folder;

    private FakeUpstream search;
    private FakeUpstream rest;
    private Optional<ControlPlane> control = Optional.empty();
    private Optional<Gateway> gateway = Optional.empty();

    @BeforeEach
    void startUpstreams() throws IOException {
        search = FakeUpstream.saying("search");
        rest = FakeUpstream.saying("rest");
    }

    @AfterEach
    void close() {
        gateway.ifPresent(Gateway::close);
        control.ifPresent(ControlPlane::close);
        search.close();
        rest.close();
    }

    private GatewaySettings settings(String yaml) throws IOException {
        Path file = Files.writeString(
                folder.resolve("gateway.yaml"),
                "listen: 127.0.0.1:0\nthreads: 2\n"
                        + yaml.replace("SEARCH", "http://127.0.0.1:" + search.port())
                                .replace("REST", "http://127.0.0.1:" + rest.port()));
        return GatewaySettings.read(file, name -> null);
    }

    private HttpTestClient start(String yaml) throws IOException {
        GatewaySettings settings = settings(yaml);
        ControlPlane started = ControlPlane.start(settings, name -> null, InstantSource.system(), Optional::empty);
        control = Optional.of(started);
        Gateway running = Gateway.start(settings, started.parts(Ticker.sinceEpoch(InstantSource.system())));
        gateway = Optional.of(running);
        return new HttpTestClient(running.address());
    }

    private static String body(HttpTestClient client, String host, String path) throws IOException {
        HttpTestClient.Answer answer = client.send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .read();
        return answer.status() == 200 ? answer.body() : Integer.toString(answer.status());
    }

    @Test
    void areFoundByHostAndPath() throws Exception {
        try (HttpTestClient client = start("""
                upstreams:
                  - {name: rest, url: "REST"}
                  - {name: search, url: "SEARCH", match: {path: /v1/search}}
                  - {name: host, url: "SEARCH", match: {host: "*.example.org"}}
                """)) {
            assertThat(body(client, "a", "/v1/tracks")).isEqualTo("rest");
            assertThat(body(client, "a", "/v1/search?q=1")).isEqualTo("search");
            assertThat(body(client, "a", "//v1/./search/x")).isEqualTo("search");
            assertThat(body(client, "a", "/v1/searches")).isEqualTo("rest");
            assertThat(body(client, "API.Example.org:8080", "/v1/tracks")).isEqualTo("search");
            assertThat(body(client, "example.org", "/v1/tracks")).isEqualTo("rest");
            assertThat(body(client, "a", "/v1/search;x")).as("nobody can tell").isEqualTo("400");
        }
    }

    /// Where every reading leads to the same upstream there is nothing to refuse.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/search;a",
                "/v1/search;a/b",
                "/v1%2Fsearch",
                "/v1/search%20",
                "/v1/search%3Fq",
                "/v1/%2573earch"
            })
    void aPathThatLeadsToDifferentUpstreamsIsRefusedAsAmbiguous(String path) throws Exception {
        try (HttpTestClient client = start("""
                upstreams:
                  - {name: rest, url: "REST"}
                  - {name: search, url: "SEARCH", match: {path: /v1/search}}
                """)) {
            HttpTestClient.Answer answer =
                    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").read();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("ambiguous: servers read this path in different ways");
            assertThat(search.seen()).isEmpty();
            assertThat(rest.seen()).isEmpty();
            assertThat(body(client, "a", path.replace("/v1", "/v2"))).isEqualTo("rest");
        }
        try (HttpTestClient client = restart("upstreams: [{name: search, url: SEARCH, match: {path: /v1/search}}]\n")) {
            assertThat(body(client, "a", path)).as("or to one and to none").isEqualTo("400");
            assertThat(body(client, "a", path.replace("/v1", "/v2")))
                    .as("or to none")
                    .isEqualTo("404");
        }
    }

    private HttpTestClient restart(String yaml) throws IOException {
        gateway.ifPresent(Gateway::close);
        control.ifPresent(ControlPlane::close);
        return start(yaml);
    }

    @Test
    void theCaseOfAPathMayNotMatter() throws Exception {
        try (HttpTestClient client = start("""
                upstreams:
                  - {name: rest, url: "REST"}
                  - {name: search, url: "SEARCH", match: {path: /v1/search}, ignore_case: true}
                  - {name: exact, url: "SEARCH", match: {path: /v1/tracks}}
                """)) {
            assertThat(body(client, "a", "/V1/Search/x")).isEqualTo("search");
            assertThat(body(client, "a", "/v1/tracks")).isEqualTo("search");
            assertThat(body(client, "a", "/v1/Tracks")).isEqualTo("rest");
        }
    }

    @Test
    void whatIsForNoneIsNotFound() throws Exception {
        try (HttpTestClient client = start("""
                upstreams: [{name: search, url: "SEARCH", match: {host: api.example, path: /v1}}]
                """)) {
            assertThat(body(client, "api.example", "/v1")).isEqualTo("search");
            assertThat(body(client, "api.example", "/v2")).isEqualTo("404");
            assertThat(body(client, "other.example", "/v1")).isEqualTo("404");
        }
    }

    @Test
    void eachHasItsOwnLimitsAndCountsThemApart() throws Exception {
        try (HttpTestClient client = start("""
                upstreams:
                  - {name: rest, url: "REST", limits: [{name: quota, permits: 2, window: 1h}]}
                  - {name: search, url: "SEARCH", match: {path: /s}, limits: [{name: quota, permits: 1, window: 1h}]}
                """)) {
            assertThat(body(client, "a", "/s")).isEqualTo("search");
            assertThat(body(client, "a", "/s")).isEqualTo("429");
            assertThat(body(client, "a", "/")).isEqualTo("rest");
            assertThat(body(client, "a", "/")).isEqualTo("rest");
            assertThat(body(client, "a", "/")).isEqualTo("429");
        }
    }

    @Test
    void oneMayBePacedWhereAnotherIsEnforced() throws Exception {
        try (HttpTestClient client = start("""
                upstreams:
                  - {name: rest, url: "REST", limits: [{name: quota, permits: 1, window: 1h}]}
                  - name: search
                    url: "SEARCH"
                    match: {path: /s}
                    mode: pace
                    limits: [{name: calls, permits: 1, window: 1h}]
                """)) {
            assertThat(client.get("/s").field("Server-Timing")).startsWith("queue;dur=");
            assertThat(client.get("/s", "Prefer: wait=0").status()).isEqualTo(503);
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.get("/").status()).isEqualTo(429);
        }
    }

    @Test
    void anApplicationsLimitsHoldWhereAnUpstreamHasThem() throws Exception {
        try (HttpTestClient client = start("""
                upstreams:
                  - {name: rest, url: "REST", limits: [{name: quota, permits: 1, window: 1h}]}
                  - {name: search, url: "SEARCH", match: {path: /s}, limits: [{name: searches, permits: 1, window: 1h}]}
                applications: [{id: radio, key_sha256: ["%s"], limits: [{name: quota, permits: 2}]}]
                """.formatted(EnforcementTest.sha256("k")))) {
            for (int status : new int[] {200, 200, 429}) {
                assertThat(client.get("/", "X-Api-Key: k").status()).isEqualTo(status);
            }
            for (int status : new int[] {200, 429}) {
                assertThat(client.get("/s", "X-Api-Key: k").status()).isEqualTo(status);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upstream: \"REST\"\nupstreams: [{name: a, url: \"REST\"}]\n",
                "upstreams: []\n",
                "upstreams: [{name: a, url: \"REST\"}, {name: a, url: \"SEARCH\"}]\n",
                "upstreams: [{name: A b, url: \"REST\"}]\n",
                "upstreams: [{url: \"REST\"}]\n",
                "upstreams: [{name: a, url: \"REST\", match: {path: v1}}]\n"
            })
    void refusesWhatCannotBe(String yaml) {
        assertThatThrownBy(() -> settings(yaml)).isInstanceOf(InvalidConfiguration.class);
    }
}
