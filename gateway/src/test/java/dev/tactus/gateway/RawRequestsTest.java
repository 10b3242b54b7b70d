package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.gateway.FakeUpstream.Wire;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More than five hundred requests as raw bytes, each over a connection of its own: what is answered, and how many
/// requests the upstream sees. Where nginx is installed, nothing that it refuses may pass here.
///
/// A line of `raw-requests.txt` has what is expected, a name, and the bytes: `~` stands for CR LF, `\xHH`, `\r`, `\n`
/// and
/// `\t` for bytes, `{a*40}` for forty of them. Expected are the statuses and, after `>`, how many requests the upstream
/// sees, where after each case one more request follows, which is answered 200 where the connection goes on, and not
/// counted. Nor is one for `/begun`: its rest is refused while it goes on, and whether the upstream has seen its head
/// by then is chance. `laxer` says that nginx refuses it and RFC 9110 or 9112 doesn't. `-Dtactus.raw=write` writes the
/// lines
/// anew.
class RawRequestsTest {
    private static final Path TABLE = Path.of("src/test/resources/dev/tactus/gateway/raw-requests.txt");
    private static final Pattern REPEATED = Pattern.compile("\\{([^{}]+)\\*(\\d+)}", Pattern.DOTALL);
    private static final Pattern ESCAPED = Pattern.compile("\\\\(x([0-9a-f]{2})|r|n|t)");
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String LAXER = "laxer";
    /// Comes after each case, so that its connection ends: a request of its own, or whatever the case makes of it.
    private static final byte[] LAST =
            "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @AfterAll
    static void leaksNothing() {
        assertThat(LeakRecorder.found()).isEmpty();
    }

    /// One line.
    private record RawCase(String expected, String name, String bytes) {
        static RawCase of(String line) {
            String[] parts = line.split("\t", 3);
            return new RawCase(parts[0], parts[1], parts[2]);
        }

        String verdict() {
            return expected.replace(" " + LAXER, "");
        }

        byte[] raw() {
            String text = bytes.replace("~", "\r\n");
            Matcher escaped = ESCAPED.matcher(text);
            text = escaped.replaceAll(found -> Matcher.quoteReplacement(
                    switch (found.group(1).charAt(0)) {
                        case 'r' -> "\r";
                        case 'n' -> "\n";
                        case 't' -> "\t";
                        default -> String.valueOf((char) Integer.parseInt(found.group(2), 16));
                    }));
            text = REPEATED.matcher(text)
                    .replaceAll(
                            found -> Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static List<RawCase> cases() throws IOException {
        try (Stream<String> lines = Files.lines(TABLE)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(RawCase::of)
                    .toList();
        }
    }

    /// Sends a case and reads what comes until the connection ends.
    private static String outcome(RawCase one, InetSocketAddress to, FakeUpstream behind) throws IOException {
        long before = requests(behind);
        List<String> statuses = new ArrayList<>();
        try (Socket socket = new Socket(to.getAddress(), to.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            send(socket, one.raw());
            InputStream in = new BufferedInputStream(new ByteArrayInputStream(all(socket.getInputStream())));
            for (Wire.Message message = Wire.readHead(in); !message.isNone(); message = Wire.readHead(in)) {
                statuses.add(Integer.toString(message.status()));
                boolean toHead = one.bytes().startsWith("HEAD") && statuses.size() == 1;
                if (!toHead && message.status() >= 200) {
                    Wire.readBody(in, message);
                }
            }
        }
        return (statuses.isEmpty() ? "none" : String.join(",", statuses)) + ">" + (requests(behind) - before);
    }

    private static long requests(FakeUpstream behind) {
        return behind.seen().stream()
                .filter(seen -> !seen.start().startsWith("GET /last "))
                .filter(seen -> !seen.start().startsWith("POST /begun "))
                .count();
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().write(LAST);
        } catch (IOException e) {
            // it has been answered and closed before all of it was sent
        }
    }

    private static byte[] all(InputStream in) {
        java.io.ByteArrayOutputStream read = new java.io.ByteArrayOutputStream();
        try {
            byte[] some = new byte[8192];
            for (int length = in.read(some); length >= 0; length = in.read(some)) {
                read.write(some, 0, length);
            }
        } catch (IOException reset) {
            return read.toByteArray(); // what came before it counts
        }
        return read.toByteArray();
    }

    @Test
    void eachIsAnsweredAsItShould() throws Exception {
        boolean writes = Objects.equals(System.getProperty("tactus.raw"), "write");
        List<String> other = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        try (FakeUpstream upstream = FakeUpstream.saying("ok");
                TestGateway rig = TestGateway.startInRealTime(
                        upstream, folder, "limits: []\ntimeouts: {headers: 400ms, idle: 400ms, request: 400ms}\n")) {
            for (RawCase one : cases()) {
                String outcome = outcome(one, rig.gateway.address(), upstream);
                if (!outcome.equals(one.verdict())) {
                    other.add(one.name() + ": expected " + one.verdict() + ", was " + outcome);
                }
                lines.add(outcome + (one.expected().endsWith(LAXER) ? " " + LAXER : "") + "\t" + one.name() + "\t"
                        + one.bytes());
            }
        }
        if (writes) {
            Files.write(TABLE, lines);
        } else {
            assertThat(other).isEmpty();
        }
        assertThat(lines).hasSizeGreaterThan(355);
    }

    /// The strictest parser of those that are compared.
    @Test
    void nothingPassesThatNginxRefuses() throws Exception {
        Path nginx = InstalledProgram.find("nginx");
        assumeTrue(Files.isExecutable(nginx), "nginx is not installed: " + nginx);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> other = new ArrayList<>();
        try (FakeUpstream behind = FakeUpstream.saying("ok")) {
            Path configuration =
                    Files.writeString(folder.resolve("nginx.conf"), """
                    daemon off; master_process off; pid %1$s/pid; error_log %1$s/error.log;
                    events { worker_connections 64; }
                    http {
                      access_log off; client_header_timeout 1s; client_body_timeout 1s; keepalive_timeout 1s;
                      send_timeout 1s; proxy_read_timeout 1s; lingering_close off; client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
                      uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                      server { listen 127.0.0.1:%2$d; location / {
                        proxy_pass http://127.0.0.1:%3$d; proxy_http_version 1.1; proxy_set_header Connection ""; } }
                    }
                    """.formatted(folder, port, behind.port()));
            Process running = new ProcessBuilder(
                            nginx.toString(), "-c", configuration.toString(), "-p", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("nginx.out").toFile())
                    .start();
            try {
                InetSocketAddress at = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
                TestGateway.until(() -> listens(at));
                for (RawCase one : cases()) {
                    String theirs = outcome(one, at, behind);
                    boolean refused = theirs.endsWith(">0");
                    boolean passes = !one.verdict().endsWith(">0");
                    if (passes && refused != one.expected().endsWith(LAXER)) {
                        other.add(one.name() + ": here " + one.expected() + ", nginx " + theirs);
                    }
                }
            } finally {
                running.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        }
        assertThat(other).isEmpty();
    }

    private static boolean listens(InetSocketAddress at) {
        try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
