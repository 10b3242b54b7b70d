package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The cases of h2spec as rows of docs/http2.md: what is sent, and what becomes of it.
class Http2ConformanceTest {
    private static final Path PAGE = Path.of("../docs/http2.md");
    private static final Pattern ROW =
            Pattern.compile("\\| ([0-9. ]+) \\| ([^|]+) \\| `([^`|]+)` \\| ((?:goes on|goaway|reset)[^|]*) \\|");
    private static final Pattern FRAME = Pattern.compile("(0x[0-9a-f]+|[A-Z_]+)(?:\\+([shpy]+))? (\\d+) ?(.*)");
    private static final Map<String, Integer> TYPES = Map.of(
            "DATA", RawHttp2.DATA,
            "HEADERS", RawHttp2.HEADERS,
            "PRIORITY", RawHttp2.PRIORITY,
            "RST_STREAM", RawHttp2.RST_STREAM,
            "SETTINGS", RawHttp2.SETTINGS,
            "PING", RawHttp2.PING,
            "GOAWAY", RawHttp2.GOAWAY,
            "WINDOW_UPDATE", RawHttp2.WINDOW_UPDATE,
            "CONTINUATION", RawHttp2.CONTINUATION);
    private static final int PROBE = 101;

    @TempDir
    private static Path folder;

    private static SSLContext trusting;
    private static FakeUpstream upstream;
    private static TestGateway rig;

    @BeforeAll
    static void start() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(folder.resolve("cert.pem"), bundle.getCertificatePathPEM());
        Files.writeString(folder.resolve("key.pem"), bundle.getPrivateKeyPEM());
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, bundle.toTrustManagerFactory().getTrustManagers(), null);
        upstream = new FakeUpstream(wire -> {
            if (wire.request().start().contains("/probe")) {
                wire.answer(200, "ok");
            } else {
                wire.in().read(); // a row's streams stay open
            }
        });
        rig = TestGateway.start(
                upstream, folder, "tls: {certificate: cert.pem, key: key.pem}\ntimeouts: {drain: 200ms}\nlimits: []\n");
    }

    @AfterAll
    static void leavesNothing() {
        TestGateway.until(() -> rig.gateway.open() == 0);
        rig.close();
        assertThat(LeakRecorder.found()).isEmpty();
    }

    record Case(String section, String what, String frames, String outcome) {
        @Override
        public String toString() {
            return section + " " + what;
        }
    }

    static Stream<Case> cases() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Case(row.group(1), row.group(2), row.group(3), row.group(4)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsAsThePageSays(Case one) throws IOException {
        try (RawHttp2 client = client()) {
            for (String frame : one.frames().split("; ", -1)) {
                send(client, frame);
            }
            client.get(PROBE, "/probe");
            assertThat(one.outcome().split(" or ", -1)).contains(client.firstOutcome(PROBE));
        }
    }

    @Test
    void thePageHasAllRows() throws IOException {
        assertThat(cases()).hasSize((int) Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && line.contains("` |"))
                .filter(line -> !line.contains("Test`"))
                .count());
        assertThat(cases()).hasSizeGreaterThan(60);
    }

    private static RawHttp2 client() throws IOException {
        return new RawHttp2(rig.gateway.address(), trusting);
    }

    private static void send(RawHttp2 client, String frame) throws IOException {
        Matcher parts = FRAME.matcher(frame);
        assertThat(parts.matches()).as(frame).isTrue();
        String flags = parts.group(2) == null ? "" : parts.group(2);
        client.send(
                type(parts.group(1)),
                (flags.contains("s") ? 1 : 0)
                        | (flags.contains("h") ? 4 : 0)
                        | (flags.contains("p") ? 8 : 0)
                        | (flags.contains("y") ? 0x20 : 0),
                (int) Long.parseLong(parts.group(3)),
                payload(parts.group(4)));
    }

    private static int type(String name) {
        return name.startsWith("0x")
                ? Integer.parseInt(name.substring(2), 16)
                : Objects.requireNonNull(TYPES.get(name), name);
    }

    private static byte[] payload(String text) {
        return switch (text) {
            case "get" -> head("GET");
            case "post" -> head("POST");
            case "trailer" -> RawHttp2.block("x-trailer", "1");
            default ->
                text.startsWith("zeros*")
                        ? new byte[Integer.parseInt(text.substring("zeros*".length()))]
                        : HexFormat.of().parseHex(text.replace(" ", ""));
        };
    }

    private static byte[] head(String method) {
        return RawHttp2.block(":method", method, ":scheme", "https", ":authority", "a", ":path", "/row");
    }

    /// 3.4
    @Test
    void aConnectionThatDoesNotBeginWithThePrefaceEnds() throws IOException {
        try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory()
                .createSocket(
                        rig.gateway.address().getAddress(),
                        rig.gateway.address().getPort())) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(said);
            assertThat(said.toString(StandardCharsets.ISO_8859_1)).doesNotContain("200");
        }
    }

    /// 5.1.2
    @Test
    void moreStreamsThanAllowedAreRefused() throws IOException {
        try (RawHttp2 client = client()) {
            for (int stream = 1; stream <= 2 * 300 + 1; stream += 2) {
                client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, head("POST"));
            }
            assertThat(client.firstOutcome(PROBE * 1_000 + 1)).isIn("reset 7", "goaway 1");
        }
    }

    /// 6.7
    @Test
    void aPingIsAnsweredWithTheSameBytes() throws IOException {
        byte[] payload = {1, 2, 3, 4, 5, 6, 7, 8};
        try (RawHttp2 client = client()) {
            client.send(RawHttp2.PING, 0, 0, payload);
            RawHttp2.Frame answer = client.next(RawHttp2.PING);
            assertThat(answer.flags()).isEqualTo(RawHttp2.ACK);
            byte[] bytes = new byte[payload.length];
            answer.payload().readBytes(bytes);
            assertThat(bytes).isEqualTo(payload);
        }
    }
}
