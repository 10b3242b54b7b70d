package dev.tactus.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Ends a connection whose peer makes work out of proportion to its requests: frames that cost an answer or a look and
/// ask for nothing (PING, SETTINGS, PRIORITY, unknown ones), and streams that it makes the gateway reset (MadeYouReset,
/// CVE-2025-8671), of which the codec counts only those that the peer resets itself.
///
/// Each window of ten seconds has an allowance, which requests raise, as honest clients send a priority with each. The
/// peer is told by GOAWAY ENHANCE_YOUR_CALM; what it still sends is thrown away for a second, so that this isn't lost
/// in
/// a reset. Stands between codec and multiplexer. Used on one loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
public final class Http2FloodDetector extends ChannelInboundHandlerAdapter {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int FRAMES = 500;
    private static final int FRAMES_A_REQUEST = 2;
    private static final int RESETS = 100;

    private final LongSupplier nanos;
    private final Http2FrameCodec codec;
    private long windowStart;
    private int frames;
    private int resets;
    private boolean ending;

    /// @param nanos of a monotonic clock
    public Http2FloodDetector(Http2FrameCodec codec, LongSupplier nanos) {
        this.codec = codec;
        this.nanos = nanos;
        windowStart = nanos.getAsLong();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        codec.decoder().frameListener(new Counting(ctx, codec.decoder().frameListener()));
    }

    private void asked() {
        turn();
        frames -= FRAMES_A_REQUEST;
    }

    private void askedForNothing(ChannelHandlerContext ctx) {
        turn();
        if (++frames > FRAMES) {
            end(ctx, "too many frames that carry no request");
        }
    }

    /// Sees what the codec keeps from handlers, too: priorities of streams that aren't open, frames of unknown types.
    private final class Counting extends Http2FrameListenerDecorator {
        private final ChannelHandlerContext handler;

        Counting(ChannelHandlerContext handler, Http2FrameListener codecs) {
            super(codecs);
            this.handler = handler;
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx,
                int stream,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean ends)
                throws Http2Exception {
            asked();
            super.onHeadersRead(ctx, stream, headers, dependency, weight, exclusive, padding, ends);
        }

        @Override
        public void onPriorityRead(
                ChannelHandlerContext ctx, int stream, int dependency, short weight, boolean exclusive)
                throws Http2Exception {
            askedForNothing(handler);
            super.onPriorityRead(ctx, stream, dependency, weight, exclusive);
        }

        @Override
        public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
            askedForNothing(handler);
            super.onPingRead(ctx, data);
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) throws Http2Exception {
            askedForNothing(handler);
            super.onSettingsRead(ctx, settings);
        }

        @Override
        public void onUnknownFrame(ChannelHandlerContext ctx, byte type, int stream, Http2Flags flags, ByteBuf payload)
                throws Http2Exception {
            askedForNothing(handler);
            super.onUnknownFrame(ctx, type, stream, flags, payload);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof Http2FrameStreamException) {
            turn();
            if (++resets > RESETS) {
                end(ctx, "too many streams that had to be reset");
                return;
            }
        }
        ctx.fireExceptionCaught(cause);
    }

    private void turn() {
        long now = nanos.getAsLong();
        if (now - windowStart > WINDOW_NANOS) {
            windowStart = now;
            frames = 0;
            resets = 0;
        }
    }

    private void end(ChannelHandlerContext ctx, String why) {
        if (ending) {
            return;
        }
        ending = true;
        ByteBuf debug = ByteBufUtil.writeAscii(ctx.alloc(), why);
        ctx.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.ENHANCE_YOUR_CALM, debug));
        ctx.pipeline().addBefore(ctx.pipeline().context(codec).name(), "tactus-discard", new Discard());
        codec.gracefulShutdownTimeoutMillis(0);
        ctx.executor().schedule(() -> ctx.channel().close(), 1, TimeUnit.SECONDS);
    }

    /// Whatever comes is nobody's.
    private static final class Discard extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
