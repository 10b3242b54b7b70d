package dev.tactus.gateway.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// Lets only such heads of one HTTP/2 stream on to the codec that makes requests of HTTP/1.1 of them as have what every
/// request needs (RFC 9113, section 8.3.1).
///
/// Of others Netty's codec makes an exception, and loses a buffer each time. Used on one loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
public final class Http2HeaderValidator extends ChannelInboundHandlerAdapter {
    private static final String NOT_IMPLEMENTED = "501";

    private boolean begun;
    private boolean refused;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof Http2HeadersFrame frame && !begun) {
            begun = true;
            head(ctx, frame);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void head(ChannelHandlerContext ctx, Http2HeadersFrame frame) {
        Http2Headers headers = frame.headers();
        if ("CONNECT".contentEquals(present(headers.method()))) {
            refused = true;
            ctx.writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status(NOT_IMPLEMENTED), true));
        } else if (!isPlain(headers.method()) || !isPlain(headers.scheme()) || !isPlain(headers.path())) {
            refused = true;
            ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR));
        } else {
            ctx.fireChannelRead(frame);
        }
    }

    /// Whether it is there and can be a word of a request line.
    private static boolean isPlain(@Nullable CharSequence value) {
        return value != null && !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c != 127);
    }

    private static CharSequence present(@Nullable CharSequence value) {
        return value == null ? "" : value;
    }
}
