package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.FakeUpstream.Wire;
import dev.tactus.gateway.http.SocketTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the upstream sees of a request, and the caller of an answer.
@SuppressWarnings("StringConcatToTextBlock") // every CR and LF is meant
class ForwardingTest {
    @TempDir
    Path folder;

    @AfterAll
    static void leaksNothing() {
        assertThat(LeakRecorder.found()).isEmpty();
    }

    @Test
    void passesRequestsAndAnswersOnWithTheirFields() throws Exception {
        try (TestGateway rig =
                        rig(wire -> wire.answer(201, "made", "X-Answer: yes", "Set-Cookie: a=1", "Set-Cookie: b=2"));
                HttpTestClient client = rig.client()) {
            client.send(
                    "POST /things?x=1&y=%20 HTTP/1.1\r\nHost: api.example\r\nX-Ask: yes\r\nContent-Length: 4\r\n\r\nbody");
            HttpTestClient.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("made");
            assertThat(answer.head().all("Set-Cookie")).containsExactly("a=1", "b=2");
            Wire.Message seen = rig.upstream.seen().getFirst();
            assertThat(seen.start()).isEqualTo("POST /things?x=1&y=%20 HTTP/1.1");
            assertThat(seen.field("X-Ask")).isEqualTo("yes");
            assertThat(seen.all("Host")).containsExactly("127.0.0.1:" + rig.upstream.port());
        }
    }

    @Test
    void removesWhatIsAboutOneConnection() throws Exception {
        try (TestGateway rig = rig(wire -> wire.answer(
                        200,
                        "ok",
                        "Connection: X-Internal, keep-alive",
                        "X-Internal: 1",
                        "Keep-Alive: timeout=5",
                        "Proxy-Authenticate: Basic",
                        "Upgrade: h2c",
                        "X-Kept: 1"));
                HttpTestClient client = rig.client()) {
            HttpTestClient.Answer answer = client.get(
                    "/",
                    "Connection: close, X-Hop",
                    "X-Hop: 1",
                    "Keep-Alive: 300",
                    "Proxy-Connection: keep-alive",
                    "Proxy-Authorization: Basic abc",
                    "Upgrade: h2c",
                    "TE: trailers",
                    "X-End: 1");
            assertThat(answer.head().fields()).containsExactly("X-Kept: 1", "Content-Length: 2", "connection: close");
            Wire.Message seen = rig.upstream.seen().getFirst();
            assertThat(seen.has("X-Hop") || seen.has("Keep-Alive") || seen.has("Proxy-Connection"))
                    .isFalse();
            assertThat(seen.has("Proxy-Authorization") || seen.has("Upgrade")).isFalse();
            assertThat(seen.field("TE")).isEqualTo("trailers");
            assertThat(seen.all("Connection")).containsExactly("te");
            assertThat(seen.field("X-End")).isEqualTo("1");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void connectionCannotNameAwayWhatFramesARequest() throws Exception {
        try (TestGateway rig = rig(wire -> wire.answer(200, "ok"));
                HttpTestClient client = rig.client()) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nConnection: Content-Length, Host\r\nContent-Length: 2\r\n\r\nhi");
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(rig.upstream.seen().getFirst().field("Content-Length")).isEqualTo("2");
        }
    }

    @Test
    void connectionThatNamesWhoCallsIsRefused() throws Exception {
        try (TestGateway rig = rig(wire -> wire.answer(200, "ok"));
                HttpTestClient client = rig.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Authorization\r\nAuthorization: Bearer x\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(400);
            assertThat(rig.upstream.seen()).isEmpty();
        }
    }

    @Test
    void tellsWhomTheRequestCameFrom() throws Exception {
        try (TestGateway rig = rig(wire -> wire.answer(200, "ok"));
                HttpTestClient client = rig.client()) {
            client.send("GET / HTTP/1.1\r\nHost: api.example:8080\r\nForwarded: for=192.0.2.43\r\n"
                    + "X-Forwarded-For: 192.0.2.43\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil\r\n\r\n");
            client.read();
            Wire.Message seen = rig.upstream.seen().getFirst();
            assertThat(seen.all("Forwarded"))
                    .containsExactly("for=192.0.2.43", "for=127.0.0.1;host=\"api.example:8080\";proto=http");
            assertThat(seen.all("X-Forwarded-For")).containsExactly("192.0.2.43", "127.0.0.1");
            assertThat(seen.has("X-Forwarded-Proto") || seen.has("X-Forwarded-Host"))
                    .isFalse();
            assertThat(seen.field("Via")).isEqualTo("1.1 tactus");
        }
    }

    @Test
    void passesChunksAndTrailersBothWays() throws Exception {
        try (TestGateway rig = rig(wire -> {
                    String body = Wire.readBody(wire.in(), wire.request());
                    wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n");
                    wire.send("3\r\nabc\r\n");
                    wire.send(Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\nX-Sum: 42\r\n\r\n");
                });
                HttpTestClient client = rig.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\nX-Check: 7\r\n\r\n");
            HttpTestClient.Answer answer = client.read();
            assertThat(answer.body()).isEqualTo("abchello world[trailer X-Check: 7][trailer X-Sum: 42]");
            assertThat(client.get("/", "Connection: close").status()).isEqualTo(200);
        }
    }

    @Test
    void passesContinueOn() throws Exception {
        try (TestGateway rig = rig(wire -> {
                    assertThat(wire.request().field("Expect")).isEqualTo("100-continue");
                    wire.send("HTTP/1.1 100 Continue\r\n\r\n");
                    wire.answer(200, "got it");
                });
                HttpTestClient client = rig.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.readHead().start()).isEqualTo("HTTP/1.1 100 Continue");
            client.send("body");
            assertThat(client.read().body()).isEqualTo("got it");
        }
    }

    @Test
    void refusesBeforeTheBodyWhereTheCallerWaitsForContinue() throws Exception {
        try (TestGateway rig = rig("limits: [{name: one, permits: 1, window: 60s}]", wire -> wire.answer(200, "ok"));
                HttpTestClient client = rig.client()) {
            client.get("/");
            client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            HttpTestClient.Answer refused = client.read();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.field("Connection")).isEqualTo("close");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aRefusedBodyIsReadAndTheConnectionGoesOn() throws Exception {
        try (TestGateway rig = rig("limits: [{name: one, permits: 1, window: 60s}]", wire -> wire.answer(200, "ok"));
                HttpTestClient client = rig.client()) {
            client.get("/");
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(429);
            client.send("body");
            assertThat(client.get("/").status()).isEqualTo(429);
        }
    }

    @Test
    void answersWithoutABodyStayWithoutOne() throws Exception {
        try (TestGateway rig = rig(wire -> wire.send(
                        switch (wire.request().start().split(" ", -1)[1]) {
                            case "/204" -> "HTTP/1.1 204 No Content\r\n\r\n";
                            case "/304" -> "HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\nETag: x\r\n\r\n";
                            default -> "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";
                        }));
                HttpTestClient client = rig.client()) {
            client.send("GET /204 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readHead().fields()).isEmpty();
            client.send("GET /304 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readHead().field("ETag")).isEqualTo("x");
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readHead().field("Content-Length")).isEqualTo("10");
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readHead().status()).isEqualTo(200);
        }
    }

    @Test
    void answersToHttp10EndWithTheConnection() throws Exception {
        try (TestGateway rig = rig(wire ->
                        wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"));
                HttpTestClient client = rig.client()) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            HttpTestClient.Answer answer = client.read();
            assertThat(answer.head().has("Transfer-Encoding")).isFalse();
            assertThat(answer.field("Connection")).isEqualTo("close");
            assertThat(answer.body()).isEqualTo("hi");
        }
        try (TestGateway rig = rig(wire -> wire.answer(200, "hi"));
                HttpTestClient client = rig.client()) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.read().field("Connection")).isEqualTo("keep-alive");
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.read().field("Connection")).isEqualTo("close");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionIsChunked() throws Exception {
        try (TestGateway rig = rig(wire -> {
                    wire.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
                    wire.socket().close();
                });
                HttpTestClient client = rig.client()) {
            HttpTestClient.Answer answer = client.get("/");
            assertThat(answer.field("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(answer.body()).isEqualTo("until the end");
            assertThat(client.get("/").body()).isEqualTo("until the end");
        }
    }

    @Test
    void requestsSentAtOnceAreAnsweredInOrder() throws Exception {
        try (TestGateway rig =
                        rig(wire -> wire.answer(200, wire.request().start().split(" ", -1)[1]));
                HttpTestClient client = rig.client()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                all.append("POST /").append(i).append(" HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
            }
            client.send(all.toString());
            for (int i = 0; i < 300; i++) {
                assertThat(client.read().body()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void connectionsToTheUpstreamAreKept() throws Exception {
        try (TestGateway rig = rig(wire -> wire.answer(200, "ok"));
                HttpTestClient client = rig.client()) {
            EnforcementTest.statuses(client, 50);
            assertThat(rig.upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void aRequestOnAConnectionThatTheUpstreamJustClosedIsSentAgain() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (TestGateway rig = rig(wire -> {
                    wire.answer(200, "first");
                    if (closed.getCount() > 0) {
                        // the next request finds this connection reset
                        Wire.readHead(wire.in());
                        closed.countDown();
                        wire.reset();
                    }
                });
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/").body()).isEqualTo("first");
            assertThat(client.get("/again").body()).isEqualTo("first");
            assertThat(closed.getCount()).isZero();
            assertThat(rig.upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void aPathOfTheUpstreamIsPutBefore() throws Exception {
        try (FakeUpstream upstream = FakeUpstream.saying("ok");
                TestGateway rig = TestGateway.start(
                        upstream, folder, "upstream: http://localhost:" + upstream.port() + "/base/\nlimits: []\n");
                HttpTestClient client = rig.client()) {
            client.get("/v1?x=1");
            assertThat(upstream.seen().getFirst().start()).isEqualTo("GET /base/v1?x=1 HTTP/1.1");
            assertThat(upstream.seen().getFirst().field("Host")).isEqualTo("localhost:" + upstream.port());
        }
    }

    @Test
    void worksOnTheJdksSelectorsToo() throws Exception {
        try (TestGateway rig =
                        TestGateway.startOn(SocketTransport.nio(), FakeUpstream.saying("ok"), folder, "limits: []");
                HttpTestClient client = rig.client()) {
            assertThat(EnforcementTest.statuses(client, 10)).containsOnly(200);
        }
    }

    @Test
    void refusesUpgradesAndTunnels() throws Exception {
        try (TestGateway rig = rig(wire -> wire.answer(200, "ok"))) {
            for (String request : List.of(
                    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Key: x\r\n\r\n",
                    "CONNECT api.example:443 HTTP/1.1\r\nHost: a\r\n\r\n")) {
                try (HttpTestClient client = rig.client()) {
                    client.send(request);
                    HttpTestClient.Answer answer = client.read();
                    assertThat(answer.status()).isEqualTo(501);
                    assertThat(answer.body()).contains("not supported");
                }
            }
            assertThat(rig.upstream.seen()).isEmpty();
        }
    }

    @Test
    void saysWhatIsWrongBehindIt() throws Exception {
        FakeUpstream gone = FakeUpstream.saying("");
        gone.close();
        try (TestGateway rig = TestGateway.start(gone, folder, "limits: []");
                HttpTestClient client = rig.client()) {
            HttpTestClient.Answer answer = client.get("/");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).contains("cannot be reached");
            assertThat(client.get("/").status()).isEqualTo(502);
        }
    }

    private TestGateway rig(FakeUpstream.Service service) throws Exception {
        return rig("limits: []", service);
    }

    private TestGateway rig(String yaml, FakeUpstream.Service service) throws Exception {
        return TestGateway.start(new FakeUpstream(service), folder, yaml);
    }
}
