package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.gateway.FakeUpstream.Wire;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.limits.Ticker;
import dev.tactus.settings.InvalidConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several addresses of one upstream: requests go to those that are well, and are sent again where that is safe.
@SuppressWarnings("StringConcatToTextBlock") // every CR and LF is meant
class UpstreamHealthTest {
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";

    @TempDir
    Path folder;

    @AfterAll
    static void leaksNothing() {
        assertThat(LeakRecorder.found()).isEmpty();
    }

    private static String at(FakeUpstream... upstreams) {
        StringBuilder all = new StringBuilder();
        for (FakeUpstream each : upstreams) {
            all.append(all.isEmpty() ? "" : ", ").append("127.0.0.1:").append(each.port());
        }
        return "upstream: http://api.internal\nupstream_addresses: [" + all + "]\n";
    }

    /// One that takes a connection for each request.
    private static FakeUpstream closing(String text) throws IOException {
        return new FakeUpstream(wire -> wire.answer(200, text, "Connection: close"));
    }

    /// A port where nobody listens.
    private static int nobody() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static Set<String> bodies(TestGateway rig, int requests) throws Exception {
        Set<String> bodies = new HashSet<>();
        for (int i = 0; i < requests; i++) {
            try (HttpTestClient client = rig.client()) {
                bodies.add(client.get("/", "Connection: close").body());
            }
        }
        return bodies;
    }

    @Test
    void requestsGoToAllAddressesAndAskForTheHostOfTheUrl() throws Exception {
        try (FakeUpstream one = closing("one");
                FakeUpstream two = closing("two");
                TestGateway rig = TestGateway.start(FakeUpstream.saying("-"), folder, at(one, two))) {
            assertThat(bodies(rig, 8)).containsExactlyInAnyOrder("one", "two");
            assertThat(one.seen().getFirst().field("host")).isEqualTo("api.internal");
        }
    }

    @Test
    void anAddressThatAnswersItsCheckBadlyGetsNoRequestsUntilItIsWell() throws Exception {
        AtomicInteger status = new AtomicInteger(500);
        try (FakeUpstream sick = new FakeUpstream(wire -> wire.answer(status.get(), "sick", "Connection: close"));
                FakeUpstream well = closing("well");
                TestGateway rig = TestGateway.startInRealTime(
                        FakeUpstream.saying("-"),
                        folder,
                        at(sick, well) + "health: {path: /healthz, every: 60ms, fails: 2}\n")) {
            String address = "127.0.0.1:" + sick.port();
            TestGateway.until(() -> !isHealthy(rig, address));
            assertThat(sick.seen().getFirst().start()).isEqualTo("GET /healthz HTTP/1.1");
            assertThat(bodies(rig, 6)).containsExactly("well");
            status.set(204);
            TestGateway.until(() -> isHealthy(rig, address));
        }
    }

    private static boolean isHealthy(TestGateway rig, String address) {
        return rig.gateway.upstreamHealth().getOrDefault("", Map.of()).getOrDefault(address, true);
    }

    @Test
    void anAddressThatGivesNoAnswerTooOftenInARowIsLeftAloneForAWhile() throws Exception {
        try (FakeUpstream sick = new FakeUpstream(Wire::reset);
                TestGateway rig = TestGateway.start(
                        FakeUpstream.saying("-"), folder, at(sick) + "health: {fails: 3, eject: 10s}\n");
                HttpTestClient client = rig.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("/").status()).isEqualTo(502);
            }
            int asked = sick.seen().size();
            HttpTestClient.Answer none = client.get("/");
            assertThat(none.status()).isEqualTo(503);
            assertThat(none.field("Retry-After")).isEqualTo("1");
            assertThat(none.body()).contains("no address of the upstream is healthy");
            assertThat(sick.seen()).as("it is left alone").hasSize(asked);
            rig.at(Duration.ofSeconds(10));
            client.get("/");
            assertThat(sick.seen()).as("and tried again").hasSize(asked + 1);
            assertThat(client.get("/").body()).as("once").contains("no address of the upstream is healthy");
        }
    }

    /// Whoever answers is alive; whether it is well is for its check to say.
    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void anAddressIsNotTakenOutForWhatItAnswers(int status) throws Exception {
        try (FakeUpstream busy = new FakeUpstream(wire -> wire.answer(status, "busy"));
                TestGateway rig =
                        TestGateway.start(FakeUpstream.saying("-"), folder, at(busy) + "health: {fails: 1}\n");
                HttpTestClient client = rig.client()) {
            for (int i = 0; i < 4; i++) {
                assertThat(client.get("/").body()).isEqualTo("busy");
            }
        }
    }

    /// What an address has said is worth more than that another can't be asked.
    @ParameterizedTest
    @ValueSource(strings = {"nobody", "reset", "garbage", "silent"})
    void whereNoOtherAddressAnswersTheClientGetsTheLastAnswerThatThereWas(String how) throws Exception {
        String text = "x".repeat(100_000);
        int turn = 0;
        int given = 0;
        try (FakeUpstream live = new FakeUpstream(wire -> wire.answer(503, text, "X-From: live"));
                FakeUpstream broken = new FakeUpstream(wire -> {
                    switch (how) {
                        case "reset" -> wire.reset();
                        case "garbage" -> wire.send("this is no HTTP\r\n\r\n");
                        default -> wire.in().read();
                    }
                });
                TestGateway rig = TestGateway.start(
                        FakeUpstream.saying("-"),
                        folder,
                        at(live).replace("]", ", 127.0.0.1:" + (how.equals("nobody") ? nobody() : broken.port()) + "]")
                                + "retries: 1\nhealth: {fails: 50}\ntimeouts: {request: 5s}\n")) {
            for (int i = 0; i < 4; i++) {
                try (HttpTestClient client = rig.client()) {
                    int before = broken.seen().size();
                    client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
                    if (how.equals("silent")) {
                        TestGateway.until(() -> broken.seen().size() > before);
                        rig.at(Duration.ofSeconds(6L * ++turn));
                    }
                    HttpTestClient.Answer answer = client.read();
                    if (answer.status() == (how.equals("silent") ? 504 : how.equals("garbage") ? 502 : 0)) {
                        continue; // that one was asked first, and what it did is not tried again
                    }
                    given++;
                    assertThat(answer.status()).isEqualTo(503);
                    assertThat(answer.field("X-From")).isEqualTo("live");
                    assertThat(answer.body()).isEqualTo(text);
                }
            }
            assertThat(given).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void aServiceThatAsksToWaitIsNotAskedAgain() throws Exception {
        try (FakeUpstream busy = new FakeUpstream(wire -> wire.answer(503, "busy", "Retry-After: 5"));
                TestGateway rig = TestGateway.start(
                        FakeUpstream.saying("-"), folder, at(busy) + "health: {fails: 1}\nretries: 2\n");
                HttpTestClient client = rig.client()) {
            for (int i = 0; i < 4; i++) {
                assertThat(client.get("/").body()).isEqualTo("busy");
            }
            assertThat(busy.seen()).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"502", "reset", "nobody"})
    void aRequestThatCanBeRepeatedIsSentToAnotherAddress(String how) throws Exception {
        FakeUpstream.Service failing =
                how.equals("reset") ? Wire::reset : wire -> wire.answer(502, "sick", "Connection: close");
        try (FakeUpstream sick = new FakeUpstream(failing);
                FakeUpstream well = closing("well");
                TestGateway rig = TestGateway.start(
                        FakeUpstream.saying("-"),
                        folder,
                        (how.equals("nobody") ? at(well).replace("[", "[127.0.0.1:" + nobody() + ", ") : at(sick, well))
                                + "retries: 1\n")) {
            assertThat(bodies(rig, 8)).containsExactly("well");
        }
    }

    /// The upstream may have acted on it; where there was no connection it has not.
    @Test
    void whatIsNotIdempotentIsSentAgainOnlyIfItWasNotSent() throws Exception {
        try (FakeUpstream sick = new FakeUpstream(Wire::reset);
                TestGateway rig = TestGateway.start(FakeUpstream.saying("-"), folder, at(sick) + "retries: 3\n");
                HttpTestClient client = rig.client()) {
            client.send(POST);
            assertThat(client.read().status()).isEqualTo(502);
            assertThat(sick.seen()).hasSize(1);
        }
        try (FakeUpstream well = FakeUpstream.saying("well");
                TestGateway rig = TestGateway.start(
                        FakeUpstream.saying("-"),
                        Files.createDirectories(folder.resolve("b")),
                        at(well).replace("[", "[127.0.0.1:" + nobody() + ", ") + "retries: 1\n");
                HttpTestClient client = rig.client()) {
            client.send(POST);
            assertThat(client.read().body()).isEqualTo("well");
        }
    }

    @Test
    void aBodyGoesAlongWithARepeatedRequest() throws Exception {
        try (FakeUpstream sick = new FakeUpstream(wire -> wire.answer(502, "sick"));
                TestGateway rig = TestGateway.start(FakeUpstream.saying("-"), folder, at(sick) + "retries: 2\n");
                HttpTestClient client = rig.client()) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
            HttpTestClient.Answer answer = client.read();
            assertThat(answer.body()).as("in the end what the upstream says").isEqualTo("sick");
            assertThat(sick.seen())
                    .hasSize(3)
                    .allSatisfy(message ->
                            assertThat(message.field("content-length")).isEqualTo("2"));
            assertThat(client.get("/").status()).isEqualTo(502);
        }
    }

    /// In pace mode each attempt is a call that has to have its turn.
    @Test
    void inPaceModeNothingThatWasSentIsSentAgain() throws Exception {
        try (FakeUpstream sick = new FakeUpstream(wire -> wire.answer(502, "sick"))) {
            Path file = Files.writeString(
                    folder.resolve("gateway.yaml"),
                    "listen: 127.0.0.1:0\nthreads: 1\n" + at(sick)
                            + "mode: pace\nretries: 2\nlimits: [{name: a, permits: 100, window: 1s}]\n");
            GatewaySettings settings = GatewaySettings.read(file, name -> null);
            try (ControlPlane control =
                            ControlPlane.start(settings, name -> null, InstantSource.system(), Optional::empty);
                    Gateway gateway =
                            Gateway.start(settings, control.parts(Ticker.sinceEpoch(InstantSource.system())));
                    HttpTestClient client = new HttpTestClient(gateway.address())) {
                assertThat(client.get("/").status()).isEqualTo(502);
                assertThat(sick.seen()).hasSize(1);
            }
        }
    }

    @Test
    void whatCannotBeIsRefused() throws Exception {
        refused("upstream: http://a\nupstream_addresses: []\n", "expected from 1 to 64 addresses");
        refused("upstream: http://a\nupstream_addresses: [a]\n", "such as 10.0.0.7:9000");
        refused("upstream: http://a\nhealth: {path: healthz}\n", "expected a path such as /healthz");
        refused("upstream: http://a\nhealth: {path: \"/a b\"}\n", "expected a path such as /healthz");
        refused("upstream: http://a\nhealth: {fails: 0}\n", "from 1 to 1000");
        refused("upstream: http://a\nretries: 9\n", "from 0 to 5");
        refused("upstreams: [{name: a, url: http://a}]\nretries: 1\n", "say retries of each of them");
    }

    private void refused(String yaml, String why) throws Exception {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), "listen: 127.0.0.1:0\n" + yaml);
        assertThatThrownBy(() -> GatewaySettings.read(file, name -> null))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(why);
    }
}
