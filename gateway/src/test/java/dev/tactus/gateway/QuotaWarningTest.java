package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.state.ContactMessage;
import dev.tactus.settings.InvalidConfiguration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Applications are told that refusals are near: by a field of the answer, a message and a figure.
class QuotaWarningTest {
    private static final String KEY_HASH = Sha256.of("secret").hex();

    private final ManualClock clock = new ManualClock("2026-11-22T02:00:00Z");

    @TempDir
    Path folder;

    /// A gateway with its administration.
    private final class Rig implements AutoCloseable {
        private final FakeUpstream upstream = FakeUpstream.saying("here");
        private final ControlPlane administration;
        private final Gateway gateway;

        Rig(String yaml) throws Exception {
            GatewaySettings settings = GatewaySettings.read(file(yaml, upstream.port()), name -> null);
            administration = ControlPlane.start(settings, name -> null, clock, Optional::empty);
            gateway = Gateway.start(settings, administration.parts(clock::nanos));
        }

        /// The warning on the last of so many answers.
        String warned(int requests) throws Exception {
            try (HttpTestClient client = new HttpTestClient(gateway.address())) {
                String warning = "";
                for (int i = 0; i < requests; i++) {
                    HttpTestClient.Answer answer = client.get("/", "X-Api-Key: secret");
                    assertThat(answer.status()).isEqualTo(200);
                    warning = answer.field("RateLimit-Warning");
                }
                administration.books().tick();
                return warning;
            }
        }

        List<ContactMessage> messages() {
            return administration.file().messages().to("radio", 10);
        }

        String metrics() throws Exception {
            URI address = URI.create(
                    "http://127.0.0.1:" + administration.address().orElseThrow().getPort() + "/metrics");
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                        .body();
            }
        }

        @Override
        public void close() {
            gateway.close();
            administration.close();
            upstream.close();
        }
    }

    private Path file(String yaml, int upstream) throws Exception {
        return Files.writeString(folder.resolve("gateway.yaml"), """
                listen: 127.0.0.1:0
                admin: 127.0.0.1:0
                threads: 1
                upstream: http://127.0.0.1:%d
                applications: [{id: radio, key_sha256: ["%s"], contact: "http://127.0.0.1:1/hook"}]
                """.formatted(upstream, KEY_HASH) + yaml);
    }

    @Test
    void fourFifthsOfAQuotaAreToldByFieldMessageAndFigure() throws Exception {
        try (Rig rig = new Rig(
                "limits: [{name: quota, permits: 10, window: 60s}, {name: spike, permits: 10, window: 1s}]\n")) {
            assertThat(rig.warned(7)).isEmpty();
            assertThat(rig.messages()).isEmpty();
            assertThat(rig.warned(1)).isEqualTo("\"quota\";used=80");
            assertThat(rig.messages()).singleElement().satisfies(message -> {
                assertThat(message.kind()).isEqualTo("application.warned");
                assertThat(message.body())
                        .contains("\"limit\":\"quota\"", "\"used\":8", "\"used_share\":0.8", "\"reason\":\"used\"");
            });
            assertThat(rig.metrics()).contains("tactus_quota_used_share{application=\"radio\",limit=\"quota\"} 0.8");
            assertThat(rig.warned(1)).isEqualTo("\"quota\";used=90");
            assertThat(rig.messages()).hasSize(1);
            clock.advance(Duration.ofMinutes(2));
            assertThat(rig.warned(1)).isEmpty();
            assertThat(rig.metrics()).doesNotContain("tactus_quota_used_share{");
            rig.warned(8);
            assertThat(rig.messages()).as("once a day").hasSize(1);
            clock.advance(Duration.ofDays(1));
            rig.warned(8);
            assertThat(rig.messages()).hasSize(2);
        }
    }

    @Test
    void aQuotaThatWillNotLastAtTodaysRateIsForetold() throws Exception {
        String daily = "limits: [{name: daily, permits: 100, window: 1d, kind: fixed, cost: 5}]\n";
        clock.advance(Duration.ofMinutes(-2));
        try (Rig rig = new Rig(daily)) {
            assertThat(rig.warned(1)).isEmpty();
            assertThat(rig.messages()).as("5 in two hours will do").isEmpty();
            clock.advance(Duration.ofMinutes(2));
            rig.warned(1);
            assertThat(rig.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.body())
                            .contains("\"reason\":\"forecast\"", "\"exhausted_at\":\"2026-11-22T20:00:00Z\""));
            assertThat(rig.metrics())
                    .contains("tactus_quota_exhausted_seconds{application=\"radio\",limit=\"daily\"} 64800.0");
            assertThat(rig.warned(1)).isEqualTo("\"daily\";used=15;exhausted=64800");
            clock.advance(Duration.ofHours(10));
            rig.warned(1);
            assertThat(rig.warned(1)).as("25 of 100 by noon will do").isEmpty();
        }
    }

    @Test
    void theShareIsConfiguredAndNoneIsNone() throws Exception {
        String limits = "limits: [{name: quota, permits: 10, window: 60s}]\n";
        try (Rig rig = new Rig(limits + "warnings: {at: 50%}\n")) {
            assertThat(rig.warned(5)).isEqualTo("\"quota\";used=50");
        }
        clock.advance(Duration.ofMinutes(5));
        try (Rig rig = new Rig(limits + "warnings: none\n")) {
            assertThat(rig.warned(9)).isEmpty();
            assertThat(rig.messages()).hasSize(1);
        }
        for (String wrong : List.of("warnings: never\n", "warnings: {at: 0%}\n", "warnings: {from: 1%}\n")) {
            assertThatThrownBy(() -> GatewaySettings.read(file(limits + wrong, 1), name -> null))
                    .isInstanceOf(InvalidConfiguration.class)
                    .hasMessageContaining("warnings");
        }
    }

    @Test
    void theDocumentedDialectsStayAsTheyAre() throws Exception {
        for (String dialect : List.of("sonos", "opaque")) {
            try (Rig rig = new Rig("limits: [{name: quota, permits: 10, window: 60s}]\ndialect: " + dialect + "\n")) {
                assertThat(rig.warned(9)).isEmpty();
                assertThat(rig.messages()).as("the message comes all the same").hasSize(1);
            }
            clock.advance(Duration.ofMinutes(5));
        }
    }
}
