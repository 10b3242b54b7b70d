package dev.tactus.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.config.RequestSizeLimits;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where the reads cut the bytes must not matter.
class RequestDecoderTest {
    @Test
    void takesEmptyLinesBeforeARequestHoweverTheyAreCut() {
        String request = "\r\n\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int cut = 0; cut <= request.length(); cut++) {
            assertThat(targets(request.substring(0, cut), request.substring(cut)))
                    .as("cut at %d", cut)
                    .containsExactly("/a", "/b");
        }
        assertThat(targets(request.split(""))).containsExactly("/a", "/b");
    }

    @Test
    void refusesALineFeedAloneBeforeARequest() {
        assertThat(targets("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")).containsExactly("failed");
        assertThat(targets("\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).containsExactly("failed");
    }

    private static List<String> targets(String... reads) {
        EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder(RequestSizeLimits.DEFAULTS));
        List<String> targets = new ArrayList<>();
        for (String read : reads) {
            channel.writeInbound(Unpooled.copiedBuffer(read, ISO_8859_1));
        }
        for (HttpObject part; (part = channel.readInbound()) != null; ) {
            if (part.decoderResult().isFailure()) {
                targets.add("failed");
            } else if (part instanceof HttpRequest request) {
                targets.add(request.uri());
            }
            ReferenceCountUtil.release(part);
        }
        channel.finishAndReleaseAll();
        return targets;
    }
}
