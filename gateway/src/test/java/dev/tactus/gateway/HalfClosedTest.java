package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that end their side of the connection, and interim answers: what HTTP allows and not everybody can take.
@SuppressWarnings("StringConcatToTextBlock") // every CR and LF is meant
class HalfClosedTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    Path folder;

    /// As nginx has it (499): nobody can tell it from a client that has left.
    @Test
    void aClientThatEndsItsSideHasLeftAsFarAsTheUpstreamIsConcerned() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (TestGateway rig = TestGateway.start(
                        new FakeUpstream(wire -> {
                            if (wire.in().read() < 0) {
                                over.countDown();
                            }
                        }),
                        folder,
                        "limits: []\n");
                Socket socket = new Socket(
                        rig.gateway.address().getAddress(),
                        rig.gateway.address().getPort());
                HttpTestClient client = new HttpTestClient(socket)) {
            client.send(GET);
            TestGateway.until(() -> rig.upstream.seen().size() == 1);
            socket.shutdownOutput();
            TestGateway.until(() -> over.getCount() == 0);
            assertThat(client.in().read()).isEqualTo(-1);
        }
    }

    @Test
    void itGetsWhatTheGatewayAnswersByItself() throws Exception {
        try (TestGateway rig = TestGateway.start(
                FakeUpstream.saying("ok"), folder, "limits: [{name: quota, permits: 1, window: 1h}]\n")) {
            try (HttpTestClient first = rig.client()) {
                assertThat(first.get("/").status()).isEqualTo(200);
            }
            for (int i = 0; i < 20; i++) {
                try (Socket socket = new Socket(
                                rig.gateway.address().getAddress(),
                                rig.gateway.address().getPort());
                        HttpTestClient client = new HttpTestClient(socket)) {
                    client.send(GET);
                    socket.shutdownOutput();
                    assertThat(client.read().status()).isEqualTo(429);
                }
            }
        }
    }

    /// Many clients of HTTP/1.1 take 103 for the answer, Python's among them (RFC 8297, section 3).
    @Test
    void interimAnswersAreNotForClientsOfHttp1() throws Exception {
        try (TestGateway rig = TestGateway.start(
                        new FakeUpstream(wire -> {
                            wire.send("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n");
                            wire.answer(200, "ok");
                        }),
                        folder,
                        "limits: []\n");
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/").body()).isEqualTo("ok");
            assertThat(client.get("/").status()).isEqualTo(200);
        }
    }
}
