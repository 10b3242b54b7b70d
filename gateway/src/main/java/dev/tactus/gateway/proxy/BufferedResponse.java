package dev.tactus.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The beginning of an answer that is looked at before the caller sees any of it. Used on its exchange's loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what has been held is over by then, or not
public final class BufferedResponse {
    /// Refusals are no longer than this.
    public static final int MOST_BYTES = 16 * 1024;

    /// What comes more slowly streams, and must not be kept back.
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HttpResponse head;
    private final int most;
    private final List<HttpContent> pieces = new ArrayList<>();
    private int bytes;

    /// @param most how many bytes are held
    BufferedResponse(HttpResponse head, int most) {
        this.head = head;
        this.most = most;
    }

    /// Goes on without more of it once it has come too slowly.
    static void atTheLatest(EventLoop loop, Runnable goOn) {
        loop.schedule(goOn, LONGEST_NANOS, TimeUnit.NANOSECONDS);
    }

    HttpResponse head() {
        return head;
    }

    void add(HttpContent piece) {
        pieces.add(piece);
        bytes += piece.content().readableBytes();
    }

    boolean isTooLong() {
        return bytes > most;
    }

    /// All of the body that has come; not to be released.
    ByteBuf body() {
        return Unpooled.wrappedUnmodifiableBuffer(
                pieces.stream().map(HttpContent::content).toArray(ByteBuf[]::new));
    }

    /// Hands the pieces over.
    List<HttpContent> takePieces() {
        List<HttpContent> taken = List.copyOf(pieces);
        pieces.clear();
        return taken;
    }

    void release() {
        takePieces().forEach(HttpContent::release);
    }
}
