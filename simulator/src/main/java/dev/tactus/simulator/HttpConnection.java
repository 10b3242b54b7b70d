package dev.tactus.simulator;

import dev.tactus.simulator.service.ApiRequest;
import dev.tactus.simulator.service.SimulatedResponse;
import dev.tactus.simulator.service.SimulatedService.IncomingRequest;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection of a client: its requests are answered one after the other, in the order they came. All of it runs on
/// the connection's event loop.
final class HttpConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);

    private final RequestRouter router;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean answering;

    HttpConnection(RequestRouter router) {
        this.router = router;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext connection, FullHttpRequest request) {
        waiting.add(answer(request, new ResponseWriter(connection, this::next)));
        if (!answering) {
            next();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext connection, Throwable cause) {
        log.debug("a connection failed", cause);
        ChannelFuture _ = connection.close();
    }

    private void next() {
        Runnable first = waiting.poll();
        answering = first != null;
        if (first != null) {
            first.run();
        }
    }

    private Runnable answer(FullHttpRequest request, ResponseWriter writer) {
        try {
            if (request.decoderResult().isFailure()) {
                throw new IllegalArgumentException(request.decoderResult().cause());
            }
            IncomingRequest incoming = incoming(request, writer.client());
            Map<String, String> form =
                    parameters(new QueryStringDecoder(request.content().toString(StandardCharsets.UTF_8), false));
            return () -> router.route(incoming, form, writer);
        } catch (IllegalArgumentException e) {
            return () -> writer.send(SimulatedResponse.error(400, "Malformed request: " + e.getMessage()));
        }
    }

    private static IncomingRequest incoming(FullHttpRequest request, InetSocketAddress client) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        return new IncomingRequest(
                request.method().name(),
                ApiRequest.decoded(uri.rawPath()),
                request.uri(),
                parameters(uri),
                Optional.ofNullable(request.headers().get(HttpHeaderNames.AUTHORIZATION)),
                client.getAddress().getHostAddress());
    }

    /// The first value of each.
    private static Map<String, String> parameters(QueryStringDecoder decoder) {
        Map<String, String> first = new HashMap<>();
        decoder.parameters().forEach((name, values) -> first.put(name, values.getFirst()));
        return first;
    }
}
