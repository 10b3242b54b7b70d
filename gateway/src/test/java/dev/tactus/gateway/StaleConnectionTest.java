package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.FakeUpstream.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An upstream that closes a connection just when a request is sent on it: what is sent again, and what never is.
@SuppressWarnings("StringConcatToTextBlock") // every CR and LF is meant
class StaleConnectionTest {
    private static final String POST = "POST /second HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";

    @TempDir
    Path folder;

    @AfterAll
    static void leaksNothing() {
        assertThat(LeakRecorder.found()).isEmpty();
    }

    @Test
    void aRequestOnAConnectionThatWasIdleIsSentOnceMoreOnANewOne() throws Exception {
        try (TestGateway rig = rig(Wire::reset);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/first").status()).isEqualTo(200);
            assertThat(client.get("/second").status()).isEqualTo(200);
            assertThat(rig.upstream.seen()).extracting(Wire.Message::start).hasSize(3);
            assertThat(rig.upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void aRequestOnANewConnectionIsNotSentAgain() throws Exception {
        try (TestGateway rig = TestGateway.start(new FakeUpstream(Wire::reset), folder, "limits: []\n");
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/").status()).isEqualTo(502);
            assertThat(rig.upstream.seen()).hasSize(1);
        }
    }

    /// The upstream may have acted on it.
    @Test
    void aRequestThatIsNotIdempotentIsNotSentAgain() throws Exception {
        try (TestGateway rig = rig(Wire::reset);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/first").status()).isEqualTo(200);
            client.send(POST);
            assertThat(client.read().status()).isEqualTo(502);
            assertThat(rig.upstream.seen()).hasSize(2);
        }
    }

    @Test
    void aRequestThatTheUpstreamHasBegunToRespondToIsNotSentAgain() throws Exception {
        try (TestGateway rig = rig(wire -> {
                    wire.send("HTTP/1.1 103 Early Hints\r\n\r\n");
                    wire.socket().close();
                });
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/first").status()).isEqualTo(200);
            assertThat(client.get("/second").status()).isEqualTo(502);
            assertThat(rig.upstream.seen()).hasSize(2);
        }
    }

    /// The longer a connection was idle, the likelier the upstream is just closing it.
    @Test
    void aRequestThatIsNotIdempotentGetsANewConnectionAfterASecond() throws Exception {
        try (TestGateway rig = rig(Wire::reset);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/first").status()).isEqualTo(200);
            TestGateway.until(() -> rig.gateway.idleUpstream() == 1);
            rig.at(Duration.ofMillis(1_001));
            client.send(POST);
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(rig.upstream.connections()).isEqualTo(2);
        }
    }

    /// Answers the first request on each connection, and does this with the second.
    private TestGateway rig(FakeUpstream.Service second) throws Exception {
        Set<Object> used = ConcurrentHashMap.newKeySet();
        FakeUpstream upstream = new FakeUpstream(wire -> {
            if (used.add(wire.socket())) {
                wire.answer(200, "ok");
            } else {
                second.serve(wire);
            }
        });
        return TestGateway.start(upstream, folder, "limits: []\n");
    }
}
