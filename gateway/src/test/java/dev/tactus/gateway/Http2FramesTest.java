package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// HTTP/2 frames that no honest client sends: none may reach the upstream as something else, hold on to a connection,
/// or become another caller's bytes.
class Http2FramesTest {
    private static final List<String> REFUSED = List.of("400", "reset", "goaway", "closed");

    @TempDir
    Path folder;

    private static X509Bundle bundle;

    private SSLContext trusting;
    private FakeUpstream upstream;
    private TestGateway rig;

    @BeforeAll
    static void makeACertificate() throws Exception {
        bundle = new CertificateBuilder()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("cert.pem"), bundle.getCertificatePathPEM());
        Files.writeString(folder.resolve("key.pem"), bundle.getPrivateKeyPEM());
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, bundle.toTrustManagerFactory().getTrustManagers(), null);
        upstream = new FakeUpstream(wire ->
                wire.answer(200, wire.request().start() + "|" + FakeUpstream.Wire.readBody(wire.in(), wire.request())));
        rig = TestGateway.start(
                upstream, folder, "tls: {certificate: cert.pem, key: key.pem}\ntimeouts: {drain: 200ms}\nlimits: []\n");
    }

    /// However a test went, the next caller is served, and nothing is left open.
    @AfterEach
    void nothingIsLeft() throws IOException {
        try (RawHttp2 next = client()) {
            next.get(1, "/next");
            assertThat(next.outcome(1)).isEqualTo("200");
        }
        TestGateway.until(() -> rig.gateway.open() == 0);
        TestGateway.until(() -> rig.gateway.openUpstream() == rig.gateway.idleUpstream());
        assertThat(upstream.seen())
                .last()
                .satisfies(seen -> assertThat(seen.start()).isEqualTo("GET /next HTTP/1.1"));
        rig.close();
    }

    @AfterAll
    static void leaksNothing() {
        assertThat(LeakRecorder.found()).isEmpty();
    }

    static Stream<List<String>> malformedHeads() {
        return Stream.of(
                List.of(":method", "GET", ":scheme", "https", ":authority", "a"),
                List.of("x", "1"),
                List.of(":scheme", "https", ":authority", "a", ":path", "/bad"),
                List.of(":method", "GET", ":authority", "a", ":path", "/bad"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", ""),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "bad"),
                List.of(":method", "GET", ":method", "POST", ":scheme", "https", ":authority", "a", ":path", "/bad"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", ":path", "/bad2"),
                List.of(":method", "GET", ":scheme", "https", ":path", "/bad", "x", "1", ":authority", "a"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", ":status", "200"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", ":bad", "1"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", "Upper", "1"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", "", "1"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", "a b", "1"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", "connection", "x"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", "keep-alive", "1"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", "upgrade", "h2c"),
                List.of(
                        ":method",
                        "POST",
                        ":scheme",
                        "https",
                        ":authority",
                        "a",
                        ":path",
                        "/bad",
                        "transfer-encoding",
                        "chunked"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", "te", "gzip"),
                // what would become lines of its own before an upstream that is spoken to in HTTP/1.1
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", "x", "1\r\ny: 2"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", "x", "1\n2"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", "x", "1\0002"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", "x\r\ny", "1"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad HTTP/1.1\r\nx: 1"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad x"),
                List.of(":method", "GET /bad HTTP/1.1\r\nx:", ":scheme", "https", ":authority", "a", ":path", "/"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a\r\nx: 1", ":path", "/bad"),
                List.of(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", "host", "b"),
                List.of(
                        ":method",
                        "GET",
                        ":scheme",
                        "https",
                        ":authority",
                        "a",
                        ":path",
                        "/bad",
                        "content-length",
                        "0",
                        "content-length",
                        "1"));
    }

    @ParameterizedTest
    @MethodSource("malformedHeads")
    void refusesAMalformedHeadAndForwardsNothingOfIt(List<String> head) throws IOException {
        try (RawHttp2 client = client()) {
            client.headers(1, true, head.toArray(String[]::new));
            assertThat(client.outcome(1)).isIn(REFUSED);
        }
        assertThat(upstream.seen()).isEmpty();
    }

    /// 103 and the like pass: every client of HTTP/2 knows interim answers.
    @Test
    void interimAnswersPass() throws IOException {
        upstream.becomes(wire -> {
            for (String interim : List.of(
                    "103 Early Hints\r\nLink: </a.css>; rel=preload\r\nConnection: X-Hop\r\nX-Hop: 1",
                    "100 Continue",
                    "102 Processing")) {
                wire.send("HTTP/1.1 " + interim + "\r\n\r\n");
            }
            wire.answer(200, "ok");
        });
        try (RawHttp2 client = client()) {
            client.get(1, "/");
            assertThat(client.headersOf(1)).isEqualTo("103 link=</a.css>; rel=preload");
            assertThat(client.headersOf(1)).as("nobody has asked for 100").isEqualTo("102");
            assertThat(client.headersOf(1)).startsWith("200 ");
        }
        upstream.becomes(wire -> wire.answer(200, "ok"));
    }

    @Test
    void isNoTunnel() throws IOException {
        try (RawHttp2 client = client()) {
            client.headers(1, false, ":method", "CONNECT", ":authority", "a:443");
            assertThat(client.outcome(1)).isEqualTo("501");
        }
        assertThat(upstream.seen()).isEmpty();
    }

    @Test
    void aBodyOfAnotherLengthThanWasSaidNeverReachesTheNextCaller() throws IOException {
        for (String length : List.of("3", "8")) {
            try (RawHttp2 client = client()) {
                client.headers(
                        1,
                        false,
                        ":method",
                        "POST",
                        ":scheme",
                        "https",
                        ":authority",
                        "a",
                        ":path",
                        "/bad",
                        "content-length",
                        length);
                client.send(RawHttp2.DATA, RawHttp2.END_STREAM, 1, "GET /".getBytes(StandardCharsets.US_ASCII));
                assertThat(client.outcome(1)).isIn(REFUSED);
            }
            try (RawHttp2 other = client()) {
                other.get(1, "/other");
                assertThat(other.outcome(1)).isEqualTo("200");
            }
        }
        assertThat(upstream.seen())
                .extracting(FakeUpstream.Wire.Message::start)
                .isSubsetOf("POST /bad HTTP/1.1", "GET /other HTTP/1.1");
    }

    @Test
    void anOversizedHeaderListIsRefusedAndTheConnectionStaysGoodOrEnds() throws IOException {
        try (RawHttp2 client = client()) {
            byte[] block = RawHttp2.block(
                    ":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad", "x", "y".repeat(60_000));
            sendInPieces(client, 1, block, 16_000);
            assertThat(client.outcome(1)).isIn("431", "reset", "goaway", "closed");
        }
        assertThat(upstream.seen()).isEmpty();
    }

    /// A block of a few bytes that the table blows up to gigabytes.
    @Test
    void aHeaderBombIsNotUnpacked() throws IOException {
        try (RawHttp2 client = client()) {
            byte[] first = RawHttp2.block(":method", "GET", ":scheme", "https", ":authority", "a", ":path", "/bad");
            byte[] bomb = RawHttp2.block("b", "y".repeat(3_900));
            bomb[0] = 0x40; // to be remembered as entry 62
            byte[] block = new byte[first.length + bomb.length + 8_000];
            System.arraycopy(first, 0, block, 0, first.length);
            System.arraycopy(bomb, 0, block, first.length, bomb.length);
            java.util.Arrays.fill(block, first.length + bomb.length, block.length, (byte) (0x80 | 62));
            sendInPieces(client, 1, block, 16_000);
            assertThat(client.outcome(1)).isIn("431", "reset", "goaway", "closed");
        }
        assertThat(upstream.seen()).isEmpty();
    }

    @Test
    void aFloodOfContinuationsEndsTheConnection() throws IOException {
        try (RawHttp2 client = client()) {
            client.send(RawHttp2.HEADERS, 0, 1, RawHttp2.block(":method", "GET"));
            assertThat(ends(client, () -> client.send(RawHttp2.CONTINUATION, 0, 1)))
                    .isTrue();
        }
        assertThat(upstream.seen()).isEmpty();
    }

    @Test
    void rapidResetsEndTheConnectionAndFreeWhatTheyHeld() throws IOException {
        int[] stream = {-1};
        try (RawHttp2 client = client()) {
            assertThat(ends(client, () -> {
                        stream[0] += 2;
                        client.get(stream[0], "/reset");
                        client.send(RawHttp2.RST_STREAM, 0, stream[0], new byte[] {0, 0, 0, 8});
                    }))
                    .isTrue();
        }
        assertThat(upstream.seen().size()).as("of %d", stream[0] / 2).isLessThan(2_000);
        assertThat(rig.gateway.openUpstream()).isLessThan(300);
    }

    /// Each is answered, and the answers of somebody who never reads pile up.
    @Test
    void floodsOfSettingsAndPingsThatNobodyReadsTheAnswersOfEndTheConnection() throws IOException {
        ResourceLeakDetector.Level strictest = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED); // so many buffers would take it a minute
        try {
            for (int type : new int[] {RawHttp2.SETTINGS, RawHttp2.PING}) {
                byte[] payload = new byte[type == RawHttp2.PING ? 8 : 0];
                try (RawHttp2 client = client()) {
                    assertThat(ends(client, () -> client.sendMany(1_000, type, 0, 0, payload)))
                            .isTrue();
                }
            }
        } finally {
            ResourceLeakDetector.setLevel(strictest);
        }
    }

    /// Each is answered and its answer read, so that nothing piles up: the work is the attack.
    @Test
    void floodsOfFramesThatAskForNothingEndInAFarewell() throws IOException {
        for (int type : new int[] {RawHttp2.SETTINGS, RawHttp2.PING, RawHttp2.PRIORITY, 0x42}) {
            byte[] payload = new byte[type == RawHttp2.PING ? 8 : type == RawHttp2.PRIORITY ? 5 : 0];
            try (RawHttp2 client = client()) {
                for (int i = 0; i < 30; i++) {
                    client.sendMany(20, type, 0, type == RawHttp2.PRIORITY ? 1 : 0, payload);
                }
                assertThat(client.outcome(Integer.MAX_VALUE))
                        .as("type %d", type)
                        .isEqualTo("goaway");
            }
        }
    }

    /// Streams that a client makes the gateway reset, instead of resetting them itself (CVE-2025-8671).
    @Test
    void streamsThatTheGatewayHasToResetEndInAFarewell() throws IOException {
        try (RawHttp2 client = client()) {
            for (int stream = 1; stream < 600; stream += 2) {
                client.get(stream, "/reset");
                client.send(RawHttp2.WINDOW_UPDATE, 0, stream, new byte[4]);
            }
            String outcome = "";
            while (!outcome.equals("goaway") && !outcome.equals("closed")) {
                outcome = client.outcome(Integer.MAX_VALUE);
            }
            assertThat(outcome).isEqualTo("goaway");
        }
    }

    @Test
    void framesForStreamsThatAreNoneEndTheConnection() throws IOException {
        for (int type : new int[] {RawHttp2.DATA, RawHttp2.CONTINUATION}) {
            try (RawHttp2 client = client()) {
                client.send(type, 0, 7, new byte[5]);
                assertThat(client.outcome(7)).isIn("goaway", "closed", "reset");
            }
        }
        assertThat(upstream.seen()).isEmpty();
    }

    /// A window of zero: the answer can't be sent, and must not be waited with for ever once its caller has left.
    @Test
    void aCallerThatTakesNoBytesAndLeavesFreesTheUpstreamsConnection() throws IOException {
        byte[] noWindow = {0, 4, 0, 0, 0, 0};
        try (RawHttp2 client = new RawHttp2(rig.gateway.address(), trusting, noWindow)) {
            client.get(1, "/held");
            assertThat(client.outcome(1)).isEqualTo("200");
        }
        TestGateway.until(() -> rig.gateway.open() == 0);
    }

    private interface Step {
        void run() throws IOException;
    }

    /// Goes on until the gateway ends the connection; false if it never does.
    private static boolean ends(RawHttp2 client, Step step) throws IOException {
        try {
            for (int i = 0; i < 20_000; i++) {
                step.run();
            }
        } catch (IOException e) {
            return true;
        }
        return List.of("goaway", "closed").contains(client.outcome(Integer.MAX_VALUE));
    }

    private static void sendInPieces(RawHttp2 client, int stream, byte[] block, int size) throws IOException {
        for (int at = 0; at < block.length; at += size) {
            int end = Math.min(block.length, at + size);
            byte[] piece = java.util.Arrays.copyOfRange(block, at, end);
            int flags = (end == block.length ? RawHttp2.END_HEADERS : 0) | (at == 0 ? RawHttp2.END_STREAM : 0);
            client.send(at == 0 ? RawHttp2.HEADERS : RawHttp2.CONTINUATION, flags, stream, piece);
        }
    }

    private RawHttp2 client() throws IOException {
        return new RawHttp2(rig.gateway.address(), trusting);
    }
}
