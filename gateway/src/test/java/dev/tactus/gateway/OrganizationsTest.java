package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.settings.InvalidConfiguration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An organization's limits hold over those of its applications: both are charged, or none.
class OrganizationsTest {
    private static final String LIMITS = """
            limits: [{name: quota, permits: 4, window: 60s}]
            organizations: [{id: media-group, limits: [{name: group, permits: 6, window: 60s}]}]
            """;

    private final ManualClock clock = new ManualClock("2026-11-22T10:15:30Z");

    @TempDir
    Path folder;

    private static String key(String key) {
        return "key_sha256: [\"" + Sha256.of(key).hex() + "\"]";
    }

    private static String members() {
        return LIMITS + """
            applications:
              - {id: radio, organization: media-group, %s}
              - {id: tv, organization: media-group, %s}
              - {id: other, %s}
            """.formatted(key("radio"), key("tv"), key("other"));
    }

    private static int passed(HttpTestClient client, String key, int requests) throws Exception {
        int passed = 0;
        for (int i = 0; i < requests; i++) {
            passed += client.get("/", "X-Api-Key: " + key).status() == 200 ? 1 : 0;
        }
        return passed;
    }

    @Test
    void allOfItsApplicationsShareIt() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.saying("ok");
                TestGateway rig = TestGateway.start(upstream, folder, members());
                HttpTestClient client = rig.client()) {
            assertThat(passed(client, "radio", 9)).as("its own limit first").isEqualTo(4);
            assertThat(client.get("/", "X-Api-Key: tv").field("RateLimit"))
                    .isEqualTo("\"quota\";r=3;t=61, \"group\";r=1;t=61");
            assertThat(passed(client, "tv", 9)).as("then the organization's").isEqualTo(1);
            HttpTestClient.Answer refused = client.get("/", "X-Api-Key: tv");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).contains("limit group exceeded", "\"violated-policies\":[\"group\"]");
            assertThat(passed(client, "other", 9)).as("nobody else's").isEqualTo(4);
        }
    }

    @Test
    void membersFromTheFileAndMadeLaterCountAndSoDoRestarts() throws Exception {
        Files.writeString(
                folder.resolve("more.jsonl"),
                "{\"id\": \"filed\", \"organization\": \"media-group\", \"key_sha256\": [\""
                        + Sha256.of("filed").hex() + "\"]}\n");
        try (FakeUpstream upstream = FakeUpstream.saying("ok")) {
            String yaml = "listen: 127.0.0.1:0\nadmin: 127.0.0.1:0\nthreads: 1\nupstream: http://127.0.0.1:"
                    + upstream.port() + "\n" + LIMITS + "applications_file: more.jsonl\n";
            try (Run run = new Run(yaml)) {
                assertThat(run.post("/applications", "{\"id\":\"made\",\"organization\":\"nobody\"}"))
                        .contains("expected an organization, one of media-group");
                assertThat(run.post("/applications", "{\"id\":\"made\",\"organization\":\"media-group\"}"))
                        .contains("\"organization\":\"media-group\"");
                String made = run.post("/applications/made/keys", "")
                        .replaceAll(".*\"key\":\"([^\"]+)\".*", "$1")
                        .strip();
                try (HttpTestClient client = new HttpTestClient(run.gateway.address())) {
                    assertThat(passed(client, "filed", 3)).isEqualTo(3);
                    assertThat(passed(client, made, 2)).isEqualTo(2);
                }
                run.administration.books().tick();
                assertThat(run.get("/applications/made")).contains("\"organization\":\"media-group\"");
                assertThat(run.get("/usage?organization=media-group"))
                        .contains("\"organization\":\"media-group\"", "\"admitted\":5", "\"charged\":5")
                        .doesNotContain("\"application\"");
            }
            try (Run run = new Run(yaml);
                    HttpTestClient client = new HttpTestClient(run.gateway.address())) {
                assertThat(passed(client, "filed", 3)).as("one of six was left").isEqualTo(1);
                run.administration.books().tick();
                assertThat(run.get("/usage?application=filed")).contains("\"refused\":2", "\"charged\":4");
            }
        }
    }

    /// A gateway with its administration.
    private final class Run implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final ControlPlane administration;
        private final Gateway gateway;

        Run(String yaml) throws Exception {
            GatewaySettings settings =
                    GatewaySettings.read(Files.writeString(folder.resolve("gateway.yaml"), yaml), name -> null);
            administration =
                    ControlPlane.start(settings, Map.of("TACTUS_ADMIN_TOKEN", "s3cret")::get, clock, Optional::empty);
            gateway = Gateway.start(settings, administration.parts(clock::nanos));
        }

        String get(String path) throws Exception {
            return send(request(path));
        }

        String post(String path, String body) throws Exception {
            return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
        }

        private HttpRequest.Builder request(String path) {
            int port = administration.address().orElseThrow().getPort();
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("Authorization", "Bearer s3cret");
        }

        private String send(HttpRequest.Builder request) throws Exception {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }

        @Override
        public void close() {
            gateway.close();
            administration.close();
            http.shutdownNow();
        }
    }

    @Test
    void whatCannotBeIsRefused() throws Exception {
        refused(
                LIMITS + "applications: [{id: x, organization: nobody}]\n",
                "expected an organization, one of media-group");
        refused(
                "limits: [{name: quota, permits: 4, window: 60s}]\napplications: [{id: x, organization: nobody}]\n",
                "there are no organizations");
        refused(
                LIMITS.replace("name: group", "name: quota") + "applications: [{id: x, organization: media-group}]\n",
                "both have a limit quota");
        refused("applications: [{id: organization/x}]\n", "can't begin with organization/");
        refused("organizations: [{id: a}]\n", "limits");
        refused(LIMITS + "mode: pace\n", "organizations are for mode: enforce only");
    }

    private void refused(String yaml, String why) throws Exception {
        Path file =
                Files.writeString(folder.resolve("wrong.yaml"), "listen: 127.0.0.1:0\nupstream: http://a:1\n" + yaml);
        assertThatThrownBy(() -> GatewaySettings.read(file, name -> null))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(why);
    }
}
