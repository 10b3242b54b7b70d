package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.tactus.limits.Limit;
import dev.tactus.limits.QuotaKind;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.headers.FeedbackParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Beside a real nginx with `limit_req`, in its four forms, in front of a stub. Skipped where nginx is not installed.
@Timeout(120)
final class NginxTest {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final int CALLS = 40;
    private static final int CALLERS = 8;

    @TempDir
    private Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FeedbackParser parser = new FeedbackParser();
    private @Nullable HttpServer stub;
    private @Nullable Process nginx;
    private int port;

    @BeforeEach
    void needsNginx() throws IOException {
        assumeTrue(Files.isExecutable(NGINX), NGINX + " is missing: install nginx to run this test");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        stub = server;
    }

    @AfterEach
    void stop() throws InterruptedException {
        Process started = nginx;
        if (started != null) {
            started.destroy();
            started.waitFor();
        }
        HttpServer server = stub;
        if (server != null) {
            server.stop(0);
        }
    }

    private void start(String form) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(configuration, """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log stderr crit;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    limit_req_zone $binary_remote_addr zone=one:1m rate=20r/s;
                    server {
                        listen 127.0.0.1:%d;
                        location / {
                            limit_req zone=one %s;
                            proxy_pass http://127.0.0.1:%d;
                        }
                    }
                }
                """.formatted(
                        port, form, Objects.requireNonNull(stub).getAddress().getPort()));
        Process started = new ProcessBuilder(
                        NGINX.toString(), "-p", folder.toString(), "-c", configuration.toString(), "-e", "stderr")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        nginx = started;
        while (!listens()) {
            if (!started.isAlive()) {
                throw new IOException(Files.readString(folder.resolve("log")));
            }
            Thread.onSpinWait();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private int ask() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// What each of the calls of many callers is answered.
    private static List<Integer> together(Callable<Integer> call) throws Exception {
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int each = 0; each < CALLS; each++) {
                answers.add(callers.submit(call));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            return statuses;
        }
    }

    @Test
    void refusesWithABare503WhoDoesNotPace() throws Exception {
        start("");
        assertThat(together(this::ask)).contains(503);
    }

    @ParameterizedTest
    @CsvSource({"'',0", "burst=10 nodelay,10", "burst=10,10", "burst=10 delay=5,10"})
    void refusesNothingOfWhoKnowsItsForm(String form, int burst) throws Exception {
        start(form);
        QuotaKind kind = burst == 0 ? new QuotaKind.Spacing() : new QuotaKind.Bucket(burst + 1);
        try (Pacer pacer = new Pacer(
                KnownLimitTest.settings(new ScopedLimit("token", Limit.parse("20/1s"), kind)),
                Ticker.system(),
                InstantSource.system())) {
            List<Integer> statuses = together(() -> pacer.call(
                    "/",
                    this::ask,
                    status -> parser.parse(
                            status, name -> null, InstantSource.system().instant())));
            assertThat(statuses).hasSize(CALLS).containsOnly(204);
        }
    }
}
