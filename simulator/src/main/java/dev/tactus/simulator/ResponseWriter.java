package dev.tactus.simulator;

import dev.tactus.simulator.catalog.ServedCatalog;
import dev.tactus.simulator.service.SimulatedResponse;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;

/// Sends replies, each in its manner, on the event loop of its connection.
final class ResponseWriter {
    private static final int PIECES = 20;
    private static final Buffer PADDING = Buffer.buffer("x".repeat(64 * 1024));

    private final Vertx vertx;

    ResponseWriter(Vertx vertx) {
        this.vertx = vertx;
    }

    void send(HttpServerRequest request, SimulatedResponse reply) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        switch (reply.manner()) {
            case SimulatedResponse.Transmission.Whole any ->
                head(response, reply).end(reply.body());
            case SimulatedResponse.Transmission.Reset any -> reset(request);
            case SimulatedResponse.Transmission.Stalled(Duration duration) ->
                after(duration, () -> send(request, reply.sent(new SimulatedResponse.Transmission.Whole())));
            case SimulatedResponse.Transmission.Trickling(Duration duration) -> {
                length(head(response, reply), reply.body().length());
                trickle(response, reply.body(), 0, duration.dividedBy(PIECES));
            }
            case SimulatedResponse.Transmission.Cut any -> {
                length(head(response, reply), reply.body().length());
                response.write(reply.body().slice(0, reply.body().length() / 2))
                        .onComplete(written -> request.connection().close());
            }
            case SimulatedResponse.Transmission.Padded(long bytes) -> pad(head(response, reply), reply.body(), bytes);
        }
    }

    /// Runs something later, or at once where there is nothing to wait for.
    void after(Duration delay, Runnable then) {
        long millis = Math.round(delay.toNanos() / 1e6);
        if (millis < 1) {
            then.run();
        } else {
            vertx.setTimer(millis, timer -> then.run());
        }
    }

    private static HttpServerResponse head(HttpServerResponse response, SimulatedResponse reply) {
        response.setStatusCode(reply.status()).putHeader("Content-Type", reply.type());
        reply.headers().forEach(response::putHeader);
        return response;
    }

    private static void length(HttpServerResponse response, long bytes) {
        response.putHeader("Content-Length", String.valueOf(bytes));
    }

    /// A real reset where the transport allows it, not an orderly end.
    private static void reset(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            ChannelFuture _ = connection.channel().close();
        } else {
            request.connection().close();
        }
    }

    private void trickle(HttpServerResponse response, Buffer body, int from, Duration pause) {
        if (response.closed()) {
            return;
        }
        int to = Math.min(body.length(), from + Math.max(1, body.length() / PIECES));
        if (to == body.length()) {
            response.end(body.slice(from, to));
            return;
        }
        response.write(body.slice(from, to));
        after(
                pause.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : pause,
                () -> trickle(response, body, to, pause));
    }

    /// The body begins with one enormous field; the rest of it is as it would have been.
    private void pad(HttpServerResponse response, Buffer body, long bytes) {
        Buffer opening = Buffer.buffer("{\"padding\":\"");
        Buffer closing = Buffer.buffer("\",").appendBuffer(body.slice(1, body.length()));
        length(response, opening.length() + bytes + closing.length());
        response.write(opening);
        pad(response, bytes, closing);
    }

    private void pad(HttpServerResponse response, long left, Buffer closing) {
        if (response.closed()) {
            return;
        }
        if (left == 0) {
            response.end(closing);
            return;
        }
        int size = (int) Math.min(left, PADDING.length());
        response.write(PADDING.slice(0, size));
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> pad(response, left - size, closing));
        } else {
            response.drainHandler(null);
            vertx.runOnContext(then -> pad(response, left - size, closing));
        }
    }

    /// Streams the master catalog.
    void download(ServedCatalog catalog, HttpServerResponse response) {
        new CatalogDownload(catalog, vertx.getOrCreateContext(), response).start();
    }
}
