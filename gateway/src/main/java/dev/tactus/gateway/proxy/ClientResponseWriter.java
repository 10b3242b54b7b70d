package dev.tactus.gateway.proxy;

import dev.tactus.gateway.http.HopByHopHeaders;
import dev.tactus.gateway.http.ResponseEncoder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;

/// Writes answers to one caller, framed anew for its connection; flushing is left to whoever knows what else comes.
/// Used on its loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
final class ClientResponseWriter {
    private final ChannelHandlerContext context;
    private final Optional<ResponseEncoder> http1;

    /// @param http1 for HTTP/1.1; empty for a stream of HTTP/2
    ClientResponseWriter(ChannelHandlerContext context, Optional<ResponseEncoder> http1) {
        this.context = context;
        this.http1 = http1;
    }

    /// Writes the head of the upstream's answer.
    void head(Exchange exchange, HttpResponse answer) {
        HttpHeaders headers = answer.headers();
        HopByHopHeaders.strip(headers);
        int status = answer.status().code();
        boolean bodiless = exchange.isToHead() || status == 204 || status == 304;
        answer.setProtocolVersion(HttpVersion.HTTP_1_1);
        if (http1.isPresent()) {
            if (!bodiless && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
                if (exchange.isHttp10()) {
                    exchange.notPersistent();
                } else {
                    headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
                }
            }
            connection(exchange, headers);
            http1.get().answering(exchange.isToHead());
        }
        write(answer);
    }

    void body(HttpContent content) {
        write(content);
    }

    /// Writes an answer of the gateway's own.
    void own(Exchange exchange, FullHttpResponse answer) {
        if (!exchange.isRequestComplete() && exchange.expectsContinue()) {
            exchange.notPersistent(); // the caller may or may not send the body now
        }
        if (http1.isPresent()) {
            connection(exchange, answer.headers());
            http1.get().answering(exchange.isToHead());
        }
        write(answer);
    }

    /// Writes the last answer on a connection, to a request that never came to be one.
    void last(FullHttpResponse answer) {
        answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        http1.ifPresent(one -> one.answering(false));
        write(answer);
    }

    void interim(HttpResponse answer) {
        HttpHeaders headers = answer.headers().copy();
        HopByHopHeaders.strip(headers);
        headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        write(new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, answer.status(), Unpooled.EMPTY_BUFFER, headers, EmptyHttpHeaders.INSTANCE));
    }

    void goOn() {
        context.write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }

    private static void connection(Exchange exchange, HttpHeaders headers) {
        if (!exchange.isPersistent()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (exchange.isHttp10()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    private void write(HttpObject message) {
        if (http1.isPresent()) {
            context.write(message, context.voidPromise());
        } else {
            context.write(message);
        }
    }
}
