package dev.tactus.gateway;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// An application's contact: takes messages, or refuses them.
public final class FakeContact implements AutoCloseable {
    /// A message as it came.
    ///
    /// @param headers by lower-case name
    public record Received(Map<String, String> headers, String body) {}

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    public FakeContact() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                received.add(new Received(
                        Map.of(
                                "webhook-id", exchange.getRequestHeaders().getFirst("webhook-id"),
                                "webhook-timestamp",
                                        exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                                "webhook-signature",
                                        exchange.getRequestHeaders().getFirst("webhook-signature")),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    public void answers(int with) {
        status = with;
    }

    public List<Received> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
