package dev.tactus.gateway.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.ssl.SslHandler;

/// A caller's connection, or its stream of an HTTP/2 connection, as far as it is more than what is read and written:
/// when to read, and the ways to end. Used on its loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
final class ClientChannel {
    private final ChannelHandlerContext context;

    ClientChannel(ChannelHandlerContext context) {
        this.context = context;
    }

    void pauseReading() {
        context.channel().config().setAutoRead(false);
    }

    void resumeReading() {
        if (!context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(true);
        }
    }

    boolean isWritable() {
        return context.channel().isWritable();
    }

    void flush() {
        context.flush();
    }

    void close() {
        context.channel().close();
    }

    /// Ends the connection so that the caller can't take what it has for complete.
    void abort() {
        Channel channel = context.channel();
        if (channel instanceof SocketChannel socket && socket.isOpen()) {
            socket.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.close();
    }

    /// Ends a stream of HTTP/2 and says what was wrong with it.
    void resetStream(Http2Error error) {
        context.writeAndFlush(new DefaultHttp2ResetFrame(error)).addListener(ChannelFutureListener.CLOSE);
    }

    /// Closes once all has been sent.
    void closeWhenSent() {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /// Says that nothing more comes once all has been sent; TLS has no way to say so and still read.
    void endWhenSent() {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (context.channel() instanceof DuplexChannel duplex
                    && context.pipeline().get(SslHandler.class) == null) {
                duplex.shutdownOutput();
            }
        });
    }

    /// Tells a caller of HTTP/2 that the rest of its request isn't needed.
    void resetStream() {
        context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
    }
}
