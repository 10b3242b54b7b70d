package dev.tactus.source;

import static dev.tactus.source.SourceFixture.isrc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.http.HttpSettings;
import dev.tactus.music.Dataset;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.ResolveResult;
import dev.tactus.source.response.SourceFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// Answers that break on the wire, from a bare socket.
class BrokenResponseTest {

    private static final String GOOD = SpotifyPayloads.search(SpotifyPayloads.track(1));
    private static final String TOKEN = "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
    private static final HttpSettings FAST =
            new HttpSettings(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(600), 64 << 10);

    /// Answers one request on a connection; the connection closes afterwards.
    interface Script {
        void answer(int number, Socket socket) throws IOException, InterruptedException;
    }

    @Test
    void triesAgainAfterAReset() throws Exception {
        assertRecovers((number, socket) -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });
    }

    @Test
    void triesAgainAfterABodyShorterThanAnnounced() throws Exception {
        assertRecovers((number, socket) ->
                write(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + (GOOD.length() + 10) + "\r\n\r\n" + GOOD));
    }

    @Test
    void triesAgainAfterChunksThatEndEarly() throws Exception {
        assertRecovers((number, socket) ->
                write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"tracks\":{\"item\r\n"));
    }

    @Test
    void triesAgainAfterHalfAnAnswerOfUnknownLength() throws Exception {
        assertRecovers((number, socket) -> write(socket, "HTTP/1.1 200 OK\r\n\r\n" + GOOD.substring(0, 40)));
    }

    @Test
    void triesAgainAfterCompressedBytesThatEndEarly() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(GOOD.getBytes(StandardCharsets.UTF_8));
        }
        byte[] half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
        assertRecovers((number, socket) -> {
            write(
                    socket,
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: " + half.length
                            + "\r\n\r\n");
            socket.getOutputStream().write(half);
        });
    }

    @Test
    void triesAgainAfterSilence() throws Exception {
        assertRecovers((number, socket) -> {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{");
            socket.getInputStream().read();
        });
    }

    @Test
    void triesAgainAfterAnAnswerThatDripsBeyondTheDeadline() throws Exception {
        assertRecovers((number, socket) -> {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < 100_000; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(50);
            }
        });
    }

    @Test
    void triesAgainAfterSomethingThatIsNotHttp() throws Exception {
        assertRecovers((number, socket) -> write(socket, "SSH-2.0-OpenSSH_9.6\r\n"));
    }

    @Test
    void setsAsideABodyLargerThanAllowedWithItsStart() throws Exception {
        AtomicInteger written = new AtomicInteger();
        Script flood = (number, socket) -> {
            write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            byte[] chunk = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 100_000; i++) {
                socket.getOutputStream().write(chunk);
                written.incrementAndGet();
            }
        };
        try (RawServer server = new RawServer(flood);
                SourceFixture setup =
                        new SourceFixture("spotify-for-artists", server.base(), SourceFixture.RETRY, FAST)) {
            assertThat(setup.source.resolve(isrc(1))).isInstanceOfSatisfying(ResolveResult.Rejected.class, rejected -> {
                assertThat(rejected.rejections())
                        .singleElement()
                        .extracting(PayloadRejection::reason)
                        .isEqualTo("too_large");
                assertThat(rejected.exchange().body()).hasSize(64 << 10);
            });
            assertThat(setup.source.report().requests()).isEqualTo(1);
            assertThat(written.get()).isLessThan(100_000);
        }
    }

    @Test
    void readsCompressedAnswers() throws Exception {
        Script packed = (number, socket) -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(GOOD.getBytes(StandardCharsets.UTF_8));
            }
            write(
                    socket,
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: " + out.size()
                            + "\r\n\r\n");
            socket.getOutputStream().write(out.toByteArray());
        };
        try (RawServer server = new RawServer(packed);
                SourceFixture setup =
                        new SourceFixture("spotify-for-artists", server.base(), SourceFixture.RETRY, FAST)) {
            assertThat(setup.source.resolve(isrc(1)))
                    .isInstanceOfSatisfying(
                            ResolveResult.Found.class,
                            found -> assertThat(found.exchange().body())
                                    .asString(StandardCharsets.UTF_8)
                                    .isEqualTo(GOOD));
        }
    }

    @Test
    void endsAtOnceWhenInterruptedInTheMiddleOfAnAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Script silent = (number, socket) -> {
            asked.countDown();
            socket.getInputStream().read();
        };
        HttpSettings patient =
                new HttpSettings(Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofMinutes(5), 64 << 10);
        try (RawServer server = new RawServer(silent);
                SourceFixture setup =
                        new SourceFixture("spotify-for-artists", server.base(), SourceFixture.RETRY, patient)) {
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    setup.source.resolve(isrc(1));
                } catch (InterruptedException | RuntimeException e) {
                    ended.set(e);
                }
            });
            asked.await();
            caller.interrupt();

            assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
            assertThat(ended.get()).isInstanceOf(InterruptedException.class);
            assertThat(setup.source.report().requests()).isEqualTo(1);
        }
    }

    @Test
    void failsWhereEveryAnswerBreaksFromTheStart() throws Exception {
        try (RawServer server = new RawServer((number, socket) -> {});
                SourceFixture setup = new SourceFixture("deezer", server.base(), SourceFixture.RETRY, FAST)) {
            assertThatThrownBy(() -> setup.source.fetch(
                            Dataset.TRACKS, List.of(RequestedTrack.byIsrc(isrc(1))), SourceFixture.DAY))
                    .isInstanceOf(SourceFailure.class);
        }
    }

    /// The first two answers are broken, the third is good.
    private static void assertRecovers(Script broken) throws Exception {
        Script script = (number, socket) -> {
            if (number <= 2) {
                broken.answer(number, socket);
            } else {
                write(
                        socket,
                        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + GOOD.length() + "\r\n\r\n" + GOOD);
            }
        };
        try (RawServer server = new RawServer(script);
                SourceFixture setup =
                        new SourceFixture("spotify-for-artists", server.base(), SourceFixture.RETRY, FAST)) {
            assertThat(setup.source.resolve(isrc(1))).isInstanceOf(ResolveResult.Found.class);
            assertThat(setup.source.report().requests()).isEqualTo(3);
            assertThat(setup.source.report().retried()).isEqualTo(2);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /// Serves one request a connection; token calls by itself.
    private static final class RawServer implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger requests = new AtomicInteger();
        private final Script script;

        RawServer(Script script) throws IOException {
            this.script = script;
            Thread.ofVirtual().start(this::accept);
        }

        URI base() {
            return URI.create("http://127.0.0.1:" + listening.getLocalPort());
        }

        private void accept() {
            while (!listening.isClosed()) {
                try {
                    Socket socket = listening.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void serve(Socket socket) {
            try (socket) {
                String head = head(socket.getInputStream());
                if (head.startsWith("POST /api/token")) {
                    write(
                            socket,
                            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + TOKEN.length() + "\r\n\r\n"
                                    + TOKEN);
                    socket.getInputStream().readNBytes("grant_type=client_credentials".length());
                } else if (!head.isEmpty()) {
                    script.answer(requests.incrementAndGet(), socket);
                }
            } catch (SocketException e) {
                // the caller went away, which is what some of these tests are about
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            int next;
            while (head.indexOf("\r\n\r\n") < 0 && (next = in.read()) >= 0) {
                head.append((char) next);
            }
            return head.toString();
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
