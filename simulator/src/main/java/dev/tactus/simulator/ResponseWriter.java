package dev.tactus.simulator;

import dev.tactus.simulator.service.SimulatedResponse;
import dev.tactus.simulator.service.SimulatedResponse.Transmission;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.stream.ChunkedStream;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Sends the response to one request, transmitted as a fault says, on the event loop of its connection.
final class ResponseWriter {
    private static final int PIECES = 20;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

    private final ChannelHandlerContext connection;
    private final Runnable done;

    /// @param done what follows once the response is written
    ResponseWriter(ChannelHandlerContext connection, Runnable done) {
        this.connection = connection;
        this.done = done;
    }

    InetSocketAddress client() {
        return (InetSocketAddress) connection.channel().remoteAddress();
    }

    void send(SimulatedResponse response) {
        ByteBuf body = Unpooled.wrappedBuffer(response.body());
        int size = body.readableBytes();
        switch (response.transmission()) {
            case Transmission.Whole any -> whole(response, body);
            case Transmission.Reset any -> reset();
            case Transmission.Stalled(Duration duration) -> after(duration, () -> whole(response, body));
            case Transmission.Trickling(Duration duration) -> {
                ChannelFuture _ = connection.write(head(response, size));
                trickle(body, Math.max(1, size / PIECES), duration.dividedBy(PIECES));
            }
            case Transmission.Cut any -> {
                ChannelFuture _ = connection.write(head(response, size));
                ChannelFuture _ = connection
                        .writeAndFlush(new DefaultHttpContent(body.slice(0, size / 2)))
                        .addListener(ChannelFutureListener.CLOSE);
            }
            case Transmission.Padded(long bytes) -> padded(response, body, bytes);
        }
    }

    /// Streams the master catalog, no faster than it is read.
    void send(CatalogDownload download) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8")
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        stream(head, download);
    }

    /// Runs something later, or at once where there is nothing to wait for.
    void after(Duration delay, Runnable then) {
        long millis = Math.round(delay.toNanos() / 1e6);
        if (millis < 1) {
            then.run();
        } else {
            Future<?> _ = connection.executor().schedule(then, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void whole(SimulatedResponse response, ByteBuf body) {
        DefaultFullHttpResponse whole =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), body);
        whole.headers().add(head(response, body.readableBytes()).headers());
        last(whole);
    }

    /// A real reset, not an orderly end.
    private void reset() {
        connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        ChannelFuture _ = connection.close();
    }

    private void trickle(ByteBuf body, int piece, Duration pause) {
        if (body.readableBytes() <= piece) {
            last(new DefaultLastHttpContent(body));
            return;
        }
        ChannelFuture _ = connection.writeAndFlush(new DefaultHttpContent(body.readRetainedSlice(piece)));
        after(pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause, () -> trickle(body, piece, pause));
    }

    /// The body begins with one enormous field; the rest of it is as it would have been.
    private void padded(SimulatedResponse response, ByteBuf body, long bytes) {
        byte[] opening = "{\"padding\":\"".getBytes(StandardCharsets.US_ASCII);
        byte[] closing = ("\"," + body.toString(1, body.readableBytes() - 1, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        stream(
                head(response, opening.length + bytes + closing.length),
                new SequenceInputStream(Collections.enumeration(List.of(
                        new ByteArrayInputStream(opening), new Padding(bytes), new ByteArrayInputStream(closing)))));
    }

    private void stream(HttpResponse head, InputStream body) {
        ChannelFuture _ = connection.write(head);
        last(new HttpChunkedInput(new ChunkedStream(body, CHUNK_BYTES)));
    }

    /// The end of the response.
    private void last(Object message) {
        ChannelFuture _ = connection.writeAndFlush(message).addListener(written -> {
            if (written.isSuccess()) {
                done.run();
            } else {
                ChannelFuture _ = connection.close();
            }
        });
    }

    private static HttpResponse head(SimulatedResponse response, long bytes) {
        HttpResponse head =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, response.type()).set(HttpHeaderNames.CONTENT_LENGTH, bytes);
        response.headers().forEach(head.headers()::set);
        return head;
    }

    /// So many times the letter x.
    private static final class Padding extends InputStream {
        private long left;

        Padding(long bytes) {
            this.left = bytes;
        }

        /// What a chunk is made of at most.
        @Override
        public int available() {
            return (int) Math.min(left, CHUNK_BYTES);
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] to, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int size = (int) Math.min(left, length);
            Arrays.fill(to, from, from + size, (byte) 'x');
            left -= size;
            return size;
        }
    }
}
