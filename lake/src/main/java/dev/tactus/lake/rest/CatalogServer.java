package dev.tactus.lake.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tactus.digest.Sha256;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.iceberg.LakeCatalog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.ErrorResponseParser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lake's catalog behind HTTP, as Spark, Trino, PyIceberg and DuckDB speak to one: Iceberg's own handlers over the
/// lake's own catalog.
///
/// It names tables and their files; the files themselves clients read on their own. Every request has to bring the
/// token, so that a page in somebody's browser can ask for nothing. Each is answered on a virtual thread of its own,
/// one at a time where they need the catalog.
public final class CatalogServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CatalogServer.class);
    private static final int BACKLOG = 100;
    private static final int CLOSE_SECONDS = 1;
    private static final int LARGEST_BODY = 32 << 20;
    private static final String SCHEME = "Bearer ";
    /// The JDK's server waits for the client's acknowledgement between header and body unless it is told not to.
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private final HttpServer server;
    private final Sha256 token;
    private final CatalogAnswers answers;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tactus-catalog-", 0).factory());

    private CatalogServer(HttpServer server, Sha256 token, CatalogAnswers answers) {
        this.server = server;
        this.token = token;
        this.answers = answers;
    }

    /// Starts to listen.
    ///
    /// @throws IOException if the address can't be listened on
    public static CatalogServer start(LakeCatalog lake, CatalogServerSettings settings) throws IOException {
        System.setProperty(NO_DELAY, "true");
        CatalogGuard guard = new CatalogGuard(
                Namespace.of(LakeCatalog.CATALOG),
                DurableFileIO.location(lake.kept().folder()));
        CatalogAnswers answers = new CatalogAnswers(lake, guard, settings.writable(), settings.clients());
        CatalogServer started =
                new CatalogServer(HttpServer.create(settings.listen(), BACKLOG), settings.token(), answers);
        started.server.createContext("/", started::exchange);
        started.server.setExecutor(started.threads);
        started.server.start();
        return started;
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void exchange(HttpExchange exchange) {
        try (exchange) {
            if (!isKnown(exchange)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                send(exchange, CatalogProblem.unauthorized());
                return;
            }
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getRawPath();
            Optional<CatalogRoute.Found> found = CatalogRoute.of(method, path);
            if (found.isEmpty()) {
                send(exchange, CatalogProblem.unknown(method, path));
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                send(exchange, CatalogProblem.tooLong(LARGEST_BODY));
                return;
            }
            answer(exchange, found.get(), new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.debug("the client of {} is gone", exchange.getRequestURI().getPath(), e);
        }
    }

    private boolean isKnown(HttpExchange exchange) {
        String sent = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        return sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && Sha256.of(sent.substring(SCHEME.length()).strip()).equals(token);
    }

    private void answer(HttpExchange exchange, CatalogRoute.Found found, String body) throws IOException {
        Optional<RESTResponse> answer;
        try {
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            answer = answers.answer(new CatalogCall(found.route(), found.names(), query, body));
        } catch (RuntimeException e) {
            send(exchange, CatalogProblem.of(e, found.route().isChange()));
            return;
        }
        if (answer.isPresent()) {
            send(exchange, 200, CatalogCall.written(answer.get()));
        } else {
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String field : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                query.put(
                        CatalogCall.decoded(field.substring(0, equals)),
                        CatalogCall.decoded(field.substring(equals + 1)));
            }
        }
        return query;
    }

    private static void send(HttpExchange exchange, ErrorResponse problem) throws IOException {
        send(exchange, problem.code(), ErrorResponseParser.toJson(problem).getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : json.length);
        if (!head) {
            exchange.getResponseBody().write(json);
        }
    }

    @Override
    public void close() {
        server.stop(CLOSE_SECONDS);
        threads.shutdownNow();
        threads.close();
    }
}
