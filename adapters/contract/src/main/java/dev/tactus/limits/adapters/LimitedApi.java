package dev.tactus.limits.adapters;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// A server on this machine that notes when requests come, and refuses those to `/refused` for a day. Thread-safe.
public final class LimitedApi implements AutoCloseable {
    private final HttpServer server;
    private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();

    public LimitedApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            arrivals.add(System.nanoTime());
            boolean refused = exchange.getRequestURI().getPath().equals("/refused");
            if (refused) {
                exchange.getResponseHeaders().add("Retry-After", "86400");
            }
            exchange.sendResponseHeaders(refused ? 429 : 200, -1);
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    public int requests() {
        return arrivals.size();
    }

    /// The most that came in any window of that length.
    public int most(Duration window) {
        List<Long> all = arrivals.stream().sorted().toList();
        return IntStream.range(0, all.size())
                .map(first -> (int) all.stream()
                        .filter(at -> at >= all.get(first) && at < all.get(first) + window.toNanos())
                        .count())
                .max()
                .orElse(0);
    }

    /// From now on nobody answers.
    public void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        stop();
    }
}
