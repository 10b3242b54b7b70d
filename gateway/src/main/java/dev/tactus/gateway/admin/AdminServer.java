package dev.tactus.gateway.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tactus.gateway.http.ListenFailure;
import dev.tactus.gateway.metrics.GatewayMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Serves the gateway's own addresses: health and metrics to everybody, usage and applications to the admin.
public final class AdminServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LARGEST_BODY = 64 * 1024;

    private final AdminApi api;
    private final ApplicationsApi applications;
    private final AdminToken token;
    private final GatewayMetrics metrics;
    private final Supplier<Optional<String>> unready;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tactus-admin-", 0).factory());

    private AdminServer(
            HttpServer server,
            AdminApi api,
            ApplicationsApi applications,
            AdminToken token,
            GatewayMetrics metrics,
            Supplier<Optional<String>> unready) {
        this.server = server;
        this.api = api;
        this.applications = applications;
        this.token = token;
        this.metrics = metrics;
        this.unready = unready;
    }

    /// Starts to listen.
    ///
    /// @param unready why no requests should come now, if they should not
    /// @throws IOException if the address can't be listened on
    public static AdminServer start(
            InetSocketAddress address,
            AdminApi api,
            ApplicationsApi applications,
            AdminToken token,
            GatewayMetrics metrics,
            Supplier<Optional<String>> unready)
            throws IOException {
        HttpServer http = bound(address);
        AdminServer admin = new AdminServer(http, api, applications, token, metrics, unready);
        http.setExecutor(admin.threads);
        http.createContext("/", admin::handle);
        http.start();
        return admin;
    }

    private static HttpServer bound(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, 0);
        } catch (BindException e) {
            throw new ListenFailure(address, e);
        }
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        threads.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            AdminResponse answer;
            try {
                answer = answer(exchange);
            } catch (RuntimeException e) {
                log.error(
                        "{} {} failed",
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        e);
                answer = AdminResponse.error(500, "internal error; see the gateway's log");
            }
            send(exchange, answer);
        }
    }

    private AdminResponse answer(HttpExchange exchange) throws IOException {
        List<String> path = segments(exchange.getRequestURI());
        String method = exchange.getRequestMethod();
        String first = path.isEmpty() ? "" : path.getFirst();
        return switch (first) {
            case "livez" -> only("GET", method, () -> AdminResponse.text("ok\n"));
            case "readyz" ->
                only(
                        "GET",
                        method,
                        () -> unready.get()
                                .map(why -> AdminResponse.text(why + "\n").withStatus(503))
                                .orElseGet(() -> AdminResponse.text("ok\n")));
            case "metrics" -> only("GET", method, () -> new AdminResponse.Metrics());
            case "usage" ->
                token.refusal(authorization(exchange))
                        .orElseGet(() ->
                                only("GET", method, () -> api.usage(QueryParameters.of(exchange.getRequestURI()))));
            case "pace" -> token.refusal(authorization(exchange)).orElseGet(() -> only("GET", method, api::pace));
            case "applications" -> {
                Optional<AdminResponse> refusal = token.refusal(authorization(exchange));
                yield refusal.isPresent() ? refusal.get() : applications(exchange, method, path);
            }
            default ->
                AdminResponse.error(
                        404,
                        "unknown path; known: /livez, /readyz, /metrics, /usage, /pace, /applications, /applications/ID, "
                                + "/applications/ID/keys and /applications/ID/restore, restrict, revoke and pardon");
        };
    }

    private AdminResponse applications(HttpExchange exchange, String method, List<String> path) throws IOException {
        boolean keys = path.size() > 2 && path.get(2).equals("keys");
        return switch (path.size()) {
            case 1 ->
                method.equals("POST")
                        ? body(exchange, applications::create)
                        : only("GET", "GET, POST", method, api::applications);
            case 2 ->
                method.equals("DELETE")
                        ? applications.remove(path.get(1))
                        : only("GET", "GET, DELETE", method, () -> api.application(path.get(1)));
            case 3 -> {
                if (method.equals("POST")) {
                    yield keys
                            ? body(exchange, json -> applications.issue(path.get(1), json))
                            : body(exchange, json -> api.act(path.get(1), path.get(2), json));
                }
                yield keys
                        ? only("GET", "GET, POST", method, () -> applications.keys(path.get(1)))
                        : only("POST", method, () -> AdminResponse.error(405, ""));
            }
            case 4 ->
                keys
                        ? only("DELETE", method, () -> applications.revoke(path.get(1), path.get(3)))
                        : AdminResponse.error(404, "unknown path");
            default -> AdminResponse.error(404, "unknown path; the longest is /applications/ID/keys/KEY_ID");
        };
    }

    private static AdminResponse body(HttpExchange exchange, Function<JsonNode, AdminResponse> action)
            throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            return AdminResponse.error(413, "the body is larger than 64 KB");
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(body);
        } catch (JacksonException e) {
            return AdminResponse.error(400, "the body is not JSON: " + e.getOriginalMessage());
        }
        return action.apply(json);
    }

    private static AdminResponse only(String allowed, String method, Supplier<AdminResponse> answer) {
        return only(allowed, allowed, method, answer);
    }

    private static AdminResponse only(String allowed, String all, String method, Supplier<AdminResponse> answer) {
        boolean fits = method.equals(allowed) || (allowed.equals("GET") && method.equals("HEAD"));
        return fits ? answer.get() : AdminResponse.error(405, "use " + all).with("Allow", all);
    }

    private static Optional<String> authorization(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static List<String> segments(URI uri) {
        List<String> segments = new ArrayList<>();
        for (String segment : uri.getRawPath().split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(QueryParameters.decoded(segment));
            }
        }
        return segments;
    }

    private void send(HttpExchange exchange, AdminResponse answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Cache-Control", "no-store");
        boolean bare = exchange.getRequestMethod().equals("HEAD");
        switch (answer) {
            case AdminResponse.Metrics all -> {
                headers.set("Content-Type", GatewayMetrics.contentType());
                exchange.sendResponseHeaders(200, bare ? -1 : 0);
                if (!bare) {
                    try (OutputStream out = exchange.getResponseBody()) {
                        metrics.writeTo(out);
                    }
                }
            }
            case AdminResponse.Body body -> {
                headers.set("Content-Type", body.type());
                body.headers().forEach(headers::set);
                byte[] bytes = body.text().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(body.status(), bare || bytes.length == 0 ? -1 : bytes.length);
                if (!bare) {
                    exchange.getResponseBody().write(bytes);
                }
            }
        }
    }
}
