package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.output.ExitCode;
import dev.tactus.limits.Limit;
import dev.tactus.simulator.Simulator;
import dev.tactus.simulator.SimulatorSettings;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.quota.LimitRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The built command line's gateway, killed with SIGKILL: what it had counted and decided is there when it comes back.
class KilledGatewayIT {
    private static final Map<String, String> VARIABLES = Map.of("TACTUS_ADMIN_TOKEN", "s3cret");
    private static final String KEY = "radio-key";
    /// Of KEY.
    private static final String KEY_SHA256 = "d161cafe385b9daa401477046f0a6184233bf9dcf196a6dd4b008d709410a145";

    private final HttpClient client = HttpClient.newHttpClient();
    private String token = "";

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        client.shutdownNow();
    }

    @Test
    void usageAndStandingsOutliveAKillAndOnlyOneGatewayHoldsTheFile() throws Exception {
        try (Simulator upstream = simulator(Behaviour.faultless())) {
            token = token(upstream);
            configure(upstream, "enforce", "1h");
            TactusProcess first = TactusProcess.gateway(folder, VARIABLES);
            for (int i = 0; i < 12; i++) {
                assertThat(ask(first).statusCode()).isEqualTo(i < 10 ? 200 : 429);
            }
            first.awaitThat(() -> usage(first).path("admitted").asLong() == 10
                    && usage(first).path("refused").asLong() == 2);
            post(first, "/applications/radio/revoke", "{\"by\": \"ada\", \"reason\": \"a rehearsal\"}");
            first.kill();

            TactusProcess second = TactusProcess.gateway(folder, VARIABLES);
            assertThat(usage(second).path("admitted").asLong()).isEqualTo(10);
            assertThat(usage(second).path("refused").asLong()).isEqualTo(2);
            assertThat(ask(second).statusCode()).isEqualTo(403);
            CommandResult third = TactusProcess.run(folder, "gateway");
            assertThat(third.exit()).isEqualTo(ExitCode.FAILED);
            assertThat(third.err())
                    .contains("is held by process " + second.process().pid());

            post(second, "/applications/radio/restore", "{\"by\": \"ada\", \"reason\": \"it is over\"}");
            assertThat(ask(second).statusCode())
                    .as("the hour that it has used up is not over")
                    .isEqualTo(429);
            second.process().destroy();
            assertThat(second.await(Duration.ofSeconds(30)).out()).contains("Gateway at");
        }
    }

    @Test
    void aPacingGatewayThatIsKilledAndComesBackNeverExceedsTheLimit() throws Exception {
        LimitRule limit = LimitRule.of("token", Limit.parse("10/2s"));
        try (Simulator upstream = simulator(Behaviour.faultless().with(limit))) {
            token = token(upstream);
            configure(upstream, "pace", "2s");
            TactusProcess first = TactusProcess.gateway(folder, VARIABLES);
            for (int i = 0; i < 9; i++) {
                ask(first);
            }
            first.kill();
            TactusProcess second = TactusProcess.gateway(folder, VARIABLES);
            for (int i = 0; i < 9; i++) {
                assertThat(ask(second).statusCode()).isEqualTo(200);
            }
            assertThat(upstream.report().throttled()).isZero();
            assertThat(upstream.report().limits().getFirst().worstWindow()).isLessThanOrEqualTo(10);
            second.kill();
        }
    }

    private static Simulator simulator(Behaviour behaviour) {
        return Simulator.start(SimulatorSettings.synthetic(10, 1).with(behaviour));
    }

    private String token(Simulator upstream) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(upstream.baseUri().resolve("/api/token"))
                        .header("Authorization", "Basic YTpi")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new JsonMapper().readTree(answer.body()).path("access_token").asString();
    }

    private void configure(Simulator upstream, String mode, String window) throws IOException {
        Files.writeString(folder.resolve("gateway.yaml"), """
            listen: 127.0.0.1:0
            admin: 127.0.0.1:0
            upstream: %s
            mode: %s
            limits: [{name: quota, permits: 10, window: %s, kind: sliding}]
            applications: [{id: radio, key_sha256: ["%s"]}]
            """.formatted(upstream.baseUri(), mode, window, KEY_SHA256));
    }

    private HttpResponse<String> ask(TactusProcess gateway) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(gateway.address("Gateway") + "/v1/tracks?ids=a"))
                        .header("X-Api-Key", KEY)
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// The application's usage of the day.
    private JsonNode usage(TactusProcess gateway) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(gateway.address("Admin") + "/usage?application=radio&per=day"))
                            .header("Authorization", "Bearer s3cret")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new JsonMapper().readTree(answer.body()).path("usage").path(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void post(TactusProcess gateway, String path, String body) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(gateway.address("Admin") + path))
                        .header("Authorization", "Bearer s3cret")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
