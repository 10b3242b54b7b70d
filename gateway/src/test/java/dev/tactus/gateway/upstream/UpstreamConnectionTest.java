package dev.tactus.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.http.SocketTransport;
import dev.tactus.gateway.network.Upstream;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One connection without a socket: what the upstream sends comes in as bytes.
@SuppressWarnings("StringConcatToTextBlock") // every CR and LF is meant
class UpstreamConnectionTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String LAST = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
    private static final String HINTS = "HTTP/1.1 103 Early Hints\r\n\r\n";

    @TempDir
    private Path folder;

    private EmbeddedChannel channel;
    private UpstreamTarget target;
    private ProxyWorker worker;
    private UpstreamConnection connection;

    /// Releases the connection when the response is over, as an exchange does.
    private final class Listener implements UpstreamConnection.ResponseListener {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void responseHead(HttpResponse head) {
            heard.add(String.valueOf(head.status().code()));
        }

        @Override
        public void responseBody(HttpContent piece, boolean last) {
            heard.add(piece.content().toString(StandardCharsets.US_ASCII));
            piece.release();
            if (last) {
                connection.release(true, true);
            }
        }

        @Override
        public void responseUnreadable() {
            heard.add("unreadable");
            connection.close();
        }

        @Override
        public void responseRead() {}

        @Override
        public void upstreamTakesMore() {}

        @Override
        public void sendingFailed() {}

        @Override
        public void connectionLost(boolean stale) {
            heard.add(stale ? "stale" : "lost");
        }
    }

    @BeforeEach
    void open() throws Exception {
        Path yaml = Files.writeString(
                folder.resolve("gateway.yaml"), "listen: 127.0.0.1:0\nupstream: http://127.0.0.1:9\n");
        Upstream upstream = GatewaySettings.read(yaml, name -> null).upstream();
        target = new UpstreamTarget(upstream, new UpstreamResolver(upstream), Optional.empty());
        channel = new EmbeddedChannel();
        worker = new ProxyWorker(channel.eventLoop(), () -> 0, SocketTransport.best());
        connection = new UpstreamConnection(
                worker, target, target.resolver().addresses().getFirst(), Duration.ofSeconds(60));
        channel.pipeline().addLast(connection.decoder(), connection);
        worker.pool().opened();
    }

    @Test
    void isLentAgainOnceItsResponseHasBeenRead() {
        Listener first = lend();
        says(HINTS + OK);
        assertThat(first.heard).containsExactly("103", "200", "ok");
        assertThat(worker.pool().idle(target, true)).isSameAs(connection);
        Listener second = lend();
        channel.close().syncUninterruptibly();
        assertThat(second.heard).containsExactly("stale");
    }

    @Test
    void bytesAfterAResponseEndIt() {
        Listener only = lend();
        says(OK + "HTTP/1.1 200 OK\r\n");
        assertThat(only.heard).containsExactly("200", "ok");
        assertThat(worker.pool().idle(target, true)).isNull();
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void aResponseThatNobodyAskedForEndsIt() {
        lend();
        says(OK);
        says(OK);
        assertThat(worker.pool().idle(target, true)).isNull();
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void theRestOfAResponseThatNobodyNeedsIsReadBeforeItIsLentAgain() {
        Listener impatient = lend();
        says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        connection.release(true, false);
        assertThat(worker.pool().idle(target, true)).isNull();
        says("ok");
        assertThat(impatient.heard).containsExactly("200");
        assertThat(worker.pool().idle(target, true)).isSameAs(connection);
    }

    @Test
    void aResponseThatIsNoneIsSaidToBeSo() {
        Listener only = lend();
        says("nonsense\r\n\r\n");
        assertThat(only.heard).containsExactly("unreadable");
        assertThat(channel.isActive()).isFalse();
    }

    /// Each listener gets its own response and nobody else's, and the connection is idle only after a whole one.
    @Test
    void whateverComesEachListenerHearsItsOwnResponse() throws Exception {
        Random random = new Random(19);
        for (int round = 0; round < 300; round++) {
            open();
            for (int i = 0; i < 10 && channel.isActive(); i++) {
                String response = List.of(OK, HINTS + OK, HINTS + HINTS + OK, LAST, OK + "x")
                        .get(random.nextInt(5));
                Listener listener = lend();
                boolean early = random.nextInt(4) == 0;
                int cut = early ? response.length() - 1 : 1 + random.nextInt(response.length());
                says(response.substring(0, cut));
                if (early && !response.endsWith("x")) {
                    connection.release(true, false);
                }
                if (channel.isActive()) {
                    says(response.substring(cut));
                }
                assertThat(String.join(" ", listener.heard)).matches("(103 )*200( o)?( ?k)?( ok)?( )?");
                boolean good = response.endsWith(OK);
                UpstreamConnection idle = worker.pool().idle(target, true);
                assertThat(idle != null).as(response).isEqualTo(good);
                assertThat(channel.isActive()).as(response).isEqualTo(good);
            }
            channel.close().syncUninterruptibly();
        }
    }

    private Listener lend() {
        Listener listener = new Listener();
        connection.lend(listener, false);
        return listener;
    }

    private void says(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }
}
