package dev.tactus.serve.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens, and gives each request to a handler on a virtual thread of its own.
///
/// Every response forbids the browser what no page here needs: scripts and pictures from elsewhere, being framed, and
/// guessing types. What a payload says can so at most be shown.
public final class PageServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PageServer.class);
    private static final int BACKLOG = 100;
    private static final int CLOSE_SECONDS = 1;

    /// The JDK's server waits for the client's acknowledgement between header and body unless it is told not to.
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action"
                    + " 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tactus-page-", 0).factory());
    private final PageHandler handler;
    private final AllowedHosts hosts;

    private PageServer(HttpServer server, AllowedHosts hosts, PageHandler handler) {
        this.server = server;
        this.hosts = hosts;
        this.handler = handler;
    }

    /// Starts one.
    ///
    /// @param hosts the names it answers to
    /// @throws IOException if the address can't be listened on
    public static PageServer start(InetSocketAddress address, AllowedHosts hosts, PageHandler handler)
            throws IOException {
        System.setProperty(NO_DELAY, "true");
        PageServer page = new PageServer(HttpServer.create(address, BACKLOG), hosts, handler);
        page.server.createContext("/", page::exchange);
        page.server.setExecutor(page.threads);
        page.server.start();
        return page;
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void exchange(HttpExchange exchange) {
        try (exchange) {
            PageResponse response = respond(exchange);
            send(exchange, response);
        } catch (IOException e) {
            log.debug("the client of {} is gone", exchange.getRequestURI().getPath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PageResponse respond(HttpExchange exchange) throws InterruptedException {
        try {
            PageRequest request = request(exchange);
            String host = request.header("host").orElse("");
            if (!hosts.allows(host)) {
                throw new PageProblem(
                        421,
                        "this server is not called \"" + host
                                + "\": use the address that tactus serve printed, or name it under serve: hosts");
            }
            return handler.handle(request);
        } catch (PageProblem e) {
            return problem(e.status(), String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            log.error(
                    "{} {} failed",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    e);
            return problem(500, "this is a fault of the program; its log has more");
        }
    }

    /// What a problem looks like where no page can be shown.
    public static PageResponse problem(int status, String message) {
        return PageResponse.of(status, PageResponse.TEXT, message + "\n");
    }

    private static PageRequest request(HttpExchange exchange) {
        Map<String, List<String>> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        String path = exchange.getRequestURI().getPath();
        if (path == null || !path.startsWith("/")) {
            throw new PageProblem(400, "a path begins with a slash");
        }
        SequencedMap<String, String> query = FormFields.parse(
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        String method = exchange.getRequestMethod();
        return new PageRequest(
                method.equals("HEAD") ? "GET" : method,
                path,
                query,
                headers,
                exchange.getRemoteAddress().getAddress().getHostAddress(),
                exchange.getRequestBody());
    }

    private static void send(HttpExchange exchange, PageResponse response) throws IOException, InterruptedException {
        Headers headers = exchange.getResponseHeaders();
        ALWAYS.forEach(headers::set);
        headers.set("Content-Type", response.type());
        response.headers().forEach(headers::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        switch (response.body()) {
            case PageResponse.Bytes bytes -> {
                // −1: no body, which is how this server says a length of 0
                exchange.sendResponseHeaders(response.status(), head || bytes.length() == 0 ? -1 : bytes.length());
                if (!head && bytes.length() > 0) {
                    write(exchange, bytes);
                }
            }
            case PageResponse.Body body -> {
                exchange.sendResponseHeaders(response.status(), head ? -1 : 0);
                if (!head) {
                    write(exchange, body);
                }
            }
        }
    }

    private static void write(HttpExchange exchange, PageResponse.Body body) throws IOException, InterruptedException {
        try (OutputStream out = exchange.getResponseBody()) {
            body.write(out);
        }
    }

    @Override
    public void close() {
        server.stop(CLOSE_SECONDS);
        threads.shutdownNow();
        threads.close();
    }
}
