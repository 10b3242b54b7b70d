package dev.tactus.console.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A service in this process that stands in for a real one: it gets requests over HTTP and answers as its documents
/// say.
final class StandInService implements AutoCloseable {
    /// A request as it came.
    ///
    /// @param query decoded; the last value of a name counts
    /// @param headers by lower-case name
    /// @param number of the request, from 1
    record Ask(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            String body,
            int number) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        String parameter(String name) {
            return query.getOrDefault(name, "");
        }

        /// The values of a list in the query.
        List<String> list(String name) {
            return List.of(parameter(name).split(",", -1));
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, byte[] body, Map<String, String> headers) {
        static Answer json(String body) {
            return json(200, body);
        }

        static Answer json(int status, String body) {
            return new Answer(
                    status, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
        }

        static Answer of(String type, String body) {
            return new Answer(200, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", type));
        }

        Answer with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Answer(status, body, more);
        }
    }

    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Ask> asked = new CopyOnWriteArrayList<>();

    private StandInService(Function<Ask, Answer> answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext("/", exchange -> {
            try (exchange) {
                Ask ask = ask(exchange);
                reply(exchange, answers.apply(ask));
            }
        });
    }

    static StandInService start(Function<Ask, Answer> answers) throws IOException {
        StandInService service = new StandInService(answers);
        service.server.start();
        return service;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Ask> asked() {
        return List.copyOf(asked);
    }

    long asked(String path) {
        return asked.stream().filter(ask -> ask.path().equals(path)).count();
    }

    private synchronized Ask ask(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        Map<String, String> query = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(
                    decoded(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        Ask ask = new Ask(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query,
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                asked.size() + 1);
        asked.add(ask);
        return ask;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void reply(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        if (answer.body().length > 0) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
