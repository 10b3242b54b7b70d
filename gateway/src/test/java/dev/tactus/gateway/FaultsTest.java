package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.FakeUpstream.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Callers and upstreams that stall, break off or leave. However it ends, no connection and no buffer stays behind.
@SuppressWarnings("StringConcatToTextBlock") // every CR and LF is meant
class FaultsTest {
    private static final String LIMITED = """
            timeouts: {connect: 1s, headers: 10s, idle: 20s, request: 30s, drain: 1s}
            limits: [{name: quota, permits: 1000, window: 60s}]
            """;

    @TempDir
    Path folder;

    @AfterAll
    static void leaksNothing() {
        assertThat(LeakRecorder.found()).isEmpty();
    }

    @Test
    void aHeadThatTricklesInIsGivenUp() throws Exception {
        try (TestGateway rig = rig(wire -> wire.answer(200, "ok"));
                HttpTestClient client = rig.client()) {
            client.send("GET / HTTP/1.1\r\nHost: ");
            TestGateway.until(() -> rig.gateway.open() == 1);
            untilAllIsRead(rig);
            turnUntilEnded(rig, client, Duration.ofSeconds(11), 408);
            assertThat(rig.upstream.seen()).isEmpty();
        }
    }

    @Test
    void aSecondHeadHasTimeFromItsFirstByte() throws Exception {
        try (TestGateway rig = rig(wire -> wire.answer(200, "ok"));
                HttpTestClient client = rig.client()) {
            client.get("/");
            rig.at(Duration.ofSeconds(15));
            client.send("G");
            client.send("ET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws Exception {
        try (TestGateway rig = rig(wire -> wire.answer(200, "ok"));
                HttpTestClient silent = rig.client();
                HttpTestClient kept = rig.client()) {
            kept.get("/");
            TestGateway.until(() -> rig.gateway.open() == 2);
            rig.at(Duration.ofSeconds(11));
            assertThat(silent.isEnded()).isTrue();
            assertThat(kept.get("/").status()).isEqualTo(200);
            rig.at(Duration.ofSeconds(32));
            assertThat(kept.isEnded()).isTrue();
            untilNothingIsOpen(rig);
        }
    }

    @Test
    void aBodyThatDoesNotComeIsGivenUp() throws Exception {
        try (TestGateway rig = rig(wire -> wire.answer(200, "ok"));
                HttpTestClient client = rig.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
            TestGateway.until(() -> rig.upstream.seen().size() == 1);
            turnUntilEnded(rig, client, Duration.ofSeconds(21), 408);
            TestGateway.until(() -> rig.upstream.openConnections() == 0);
        }
    }

    @Test
    void anUpstreamThatDoesNotAnswerIsGivenUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (TestGateway rig = rig(wire -> await(over));
                HttpTestClient client = rig.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            TestGateway.until(() -> rig.upstream.seen().size() == 1);
            rig.at(Duration.ofSeconds(31));
            assertThat(client.read().status()).isEqualTo(504);
            over.countDown();
            rig.upstream.becomes(wire -> wire.answer(200, "ok"));
            assertThat(client.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void anUpstreamThatStopsInTheMiddleOfItsAnswerIsGivenUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (TestGateway rig = rig(wire -> {
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                    await(over);
                });
                HttpTestClient client = rig.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readHead().status()).isEqualTo(200);
            rig.at(Duration.ofSeconds(21));
            assertThat(client.isEnded()).isTrue();
            over.countDown();
            TestGateway.until(() -> rig.gateway.openUpstream() == 0);
        }
    }

    @Test
    void anUpstreamThatTakesNoConnectionIsGivenUp() throws Exception {
        // a full backlog: further connections are left unanswered
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                java.net.Socket one = new java.net.Socket(full.getInetAddress(), full.getLocalPort());
                java.net.Socket two = new java.net.Socket(full.getInetAddress(), full.getLocalPort());
                TestGateway rig = TestGateway.start(
                        FakeUpstream.saying(""),
                        folder,
                        "upstream: http://127.0.0.1:" + full.getLocalPort()
                                + "\ntimeouts: {connect: 50ms}\nlimits: []\n");
                HttpTestClient client = rig.client()) {
            assertThat(one.isConnected() && two.isConnected()).isTrue();
            HttpTestClient.Answer answer = client.get("/");
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.body()).contains("connecting to the upstream took too long");
        }
    }

    @Test
    void aCallerThatLeavesWhileTheUpstreamWorksEndsThatToo() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (TestGateway rig = rig(wire -> {
            if (wire.in().read() < 0) {
                over.countDown();
            }
        })) {
            try (HttpTestClient client = rig.client()) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                TestGateway.until(() -> rig.upstream.seen().size() == 1);
            }
            await(over);
            TestGateway.until(() -> rig.gateway.open() == 0 && rig.gateway.openUpstream() == 0);
        }
    }

    @Test
    void aCallerThatResetsInTheMiddleOfItsBodyEndsThatToo() throws Exception {
        AtomicInteger ends = new AtomicInteger();
        try (TestGateway rig = rig(wire -> {
            try {
                Wire.readBody(wire.in(), wire.request());
            } finally {
                ends.incrementAndGet();
                wire.socket().close();
            }
        })) {
            for (int i = 1; i <= 5; i++) {
                int round = i;
                HttpTestClient client = rig.client();
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(10_000));
                TestGateway.until(() -> rig.upstream.seen().size() == round);
                client.reset();
                TestGateway.until(() -> ends.get() == round);
            }
            TestGateway.until(() -> rig.gateway.open() == 0 && rig.gateway.openUpstream() == 0);
        }
    }

    @Test
    void aCallerThatLeavesInTheMiddleOfAnAnswerEndsThatToo() throws Exception {
        AtomicInteger ends = new AtomicInteger();
        byte[] piece = new byte[64 * 1024];
        try (TestGateway rig = rig(wire -> {
            wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            try {
                while (true) {
                    wire.send("10000\r\n");
                    wire.out().write(piece);
                    wire.send("\r\n");
                }
            } finally {
                ends.incrementAndGet();
            }
        })) {
            for (int i = 1; i <= 3; i++) {
                int round = i;
                HttpTestClient client = rig.client();
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.readHead().status()).isEqualTo(200);
                client.reset();
                TestGateway.until(() -> ends.get() == round);
            }
            TestGateway.until(() -> rig.gateway.open() == 0 && rig.gateway.openUpstream() == 0);
        }
    }

    @Test
    void aCallerThatClosesItsHalfHasLeft() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (TestGateway rig = rig(wire -> {
                    if (wire.in().read() < 0) {
                        over.countDown();
                    }
                });
                HttpTestClient client = rig.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            TestGateway.until(() -> rig.upstream.seen().size() == 1);
            client.halfClose();
            await(over);
            assertThat(client.isEnded()).isTrue();
            TestGateway.until(() -> rig.gateway.open() == 0 && rig.gateway.openUpstream() == 0);
        }
    }

    @Test
    void anUpstreamThatBreaksOffInTheMiddleIsSeenByTheCaller() throws Exception {
        try (TestGateway rig = rig(wire -> {
            wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            wire.reset();
        })) {
            try (HttpTestClient client = rig.client()) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.readHead().status()).isEqualTo(200);
                StringBuilder got = new StringBuilder();
                try {
                    for (int b; (b = client.in().read()) >= 0; ) {
                        got.append((char) b);
                    }
                } catch (IOException reset) {
                    got.append("[reset]");
                }
                assertThat(got.toString()).doesNotContain("0\r\n\r\n");
            }
            rig.upstream.becomes(wire -> {
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                wire.socket().close();
            });
            try (HttpTestClient client = rig.client()) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.isEnded()).isTrue();
            }
            TestGateway.until(() -> rig.gateway.open() == 0 && rig.gateway.openUpstream() == 0);
        }
    }

    @Test
    void anUpstreamThatClosesWithoutAnAnswerIsABadGateway() throws Exception {
        try (TestGateway rig = rig(Wire::reset);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/").status()).isEqualTo(502);
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
            assertThat(client.read().status()).isEqualTo(502);
            assertThat(rig.upstream.seen()).hasSize(2);
        }
    }

    @Test
    void anAnswerThatComesBeforeTheBodyIsReadArrives() throws Exception {
        FakeUpstream.Service tooLarge = wire -> {
            wire.send("HTTP/1.1 413 Too Large\r\nContent-Length: 9\r\nConnection: close\r\n\r\ntoo large");
            wire.socket().close(); // with the body unread this is a reset
        };
        try (TestGateway rig = rig(tooLarge)) {
            for (int i = 0; i < 20; i++) {
                rig.upstream.becomes(tooLarge);
                try (HttpTestClient client = rig.client()) {
                    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n");
                    client.send("x".repeat(100_000));
                    HttpTestClient.Answer answer = client.read();
                    // the reset may have overtaken what the upstream said: then nobody can know it
                    assertThat(answer.status()).isIn(413, 502);
                    client.send("x".repeat(100_000));
                    rig.upstream.becomes(wire -> wire.answer(200, "ok"));
                    assertThat(client.get("/").status()).isEqualTo(200);
                }
            }
            untilNothingIsOpen(rig);
        }
    }

    @Test
    void anEarlyAnswerIsPassedOnWhileTheBodyIsStillComing() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (TestGateway rig = rig(wire -> {
                    wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nearly\r\n");
                    await(answered);
                    String rest = Wire.readBody(wire.in(), wire.request());
                    wire.send(Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\n\r\n");
                });
                HttpTestClient client = rig.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nfirst");
            assertThat(client.readHead().status()).isEqualTo(200);
            assertThat(Wire.readLine(client.in())).isEqualTo("5");
            answered.countDown();
            client.send("end");
            assertThat(Wire.readLine(client.in())).isEqualTo("early");
            assertThat(Wire.readLine(client.in())).isEqualTo("8");
            assertThat(Wire.readLine(client.in())).isEqualTo("firstend");
        }
    }

    @Test
    void stoppingLetsWhatIsUnderWayComeToItsEnd() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        TestGateway rig = TestGateway.startInRealTime(
                new FakeUpstream(wire -> {
                    asked.countDown();
                    await(go);
                    wire.answer(200, "in time");
                }),
                folder,
                "timeouts: {drain: 20s}\nlimits: []\n");
        try (HttpTestClient busy = rig.client();
                HttpTestClient idle = rig.client();
                HttpTestClient onTheLoopOfTheFirst = rig.client()) {
            busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await(asked);
            TestGateway.until(() -> rig.gateway.open() == 3);
            Thread stopping = Thread.ofVirtual().start(rig::close);
            assertThat(idle.isEnded()).isTrue();
            assertThat(onTheLoopOfTheFirst.isEnded()).isTrue();
            assertThat(rig.gateway.unready()).contains("stopping");
            go.countDown();
            HttpTestClient.Answer answer = busy.read();
            assertThat(answer.body()).isEqualTo("in time");
            assertThat(answer.field("Connection")).isEqualTo("close");
            assertThat(busy.isEnded()).isTrue();
            stopping.join();
        }
    }

    @Test
    void whatDoesNotEndInTimeIsCutWhenStopping() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        TestGateway rig = TestGateway.startInRealTime(
                new FakeUpstream(wire -> await(never)), folder, "timeouts: {drain: 50ms}\nlimits: []\n");
        try (HttpTestClient busy = rig.client()) {
            busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            TestGateway.until(() -> rig.upstream.seen().size() == 1);
            rig.close();
            assertThat(busy.isEnded()).isTrue();
        } finally {
            never.countDown();
        }
    }

    /// Turns the clock and expects an answer with this status, then the end.
    private static void turnUntilEnded(TestGateway rig, HttpTestClient client, Duration to, int status)
            throws Exception {
        rig.at(to);
        assertThat(client.read().status()).isEqualTo(status);
        assertThat(client.isEnded()).isTrue();
        untilNothingIsOpen(rig);
    }

    /// Waits until both loops have taken what was sent before: each answers somebody who came later.
    private static void untilAllIsRead(TestGateway rig) throws IOException {
        for (int loop = 0; loop < 2; loop++) {
            try (HttpTestClient later = rig.client()) {
                later.send("none\r\n\r\n");
                assertThat(later.read().status()).isEqualTo(400);
            }
        }
    }

    /// Lets time pass until all connections are given up.
    private static void untilNothingIsOpen(TestGateway rig) {
        TestGateway.until(() -> {
            rig.now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
            return rig.gateway.open() == 0 && rig.gateway.openUpstream() == 0;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private TestGateway rig(FakeUpstream.Service service) throws Exception {
        return TestGateway.start(new FakeUpstream(service), folder, LIMITED);
    }
}
