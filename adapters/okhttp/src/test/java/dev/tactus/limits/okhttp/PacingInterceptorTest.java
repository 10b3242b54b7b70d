package dev.tactus.limits.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.CallPause;
import dev.tactus.limits.pacing.Pacer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/// Real requests to a real server on this machine.
class PacingInterceptorTest {

    private static final class Api implements AutoCloseable {
        private final HttpServer server;
        private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();

        Api() throws IOException {
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

        URI at(String path) {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        }

        /// The most that came in any window of that length.
        int most(Duration window) {
            List<Long> all = arrivals.stream().sorted().toList();
            return IntStream.range(0, all.size())
                    .map(first -> (int) all.stream()
                            .filter(at -> at >= all.get(first) && at < all.get(first) + window.toNanos())
                            .count())
                    .max()
                    .orElse(0);
        }

        void stop() {
            server.stop(0);
        }

        @Override
        public void close() {
            stop();
        }
    }

    private static Pacer pacer() {
        PacerSettings settings = new PacerSettings(
                List.of(new ScopedLimit("token", Limit.parse("4/500ms"))),
                List.of("/v1/search"),
                Duration.ofMinutes(1),
                Duration.ofSeconds(2));
        return new Pacer(settings, Ticker.system(), InstantSource.system());
    }

    @Test
    void noWindowHasMoreThanTheLimit() throws Exception {
        try (Api api = new Api();
                Pacer pacer = pacer();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            OkHttpClient client = client(pacer);
            List<Future<Integer>> answers = new ArrayList<>();
            for (int call = 0; call < 10; call++) {
                answers.add(callers.submit(() -> send(client, api.at("/v1/search?q=a"))));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(200);
            }
            assertThat(api.arrivals).hasSize(10);
            assertThat(api.most(Duration.ofMillis(500))).isLessThanOrEqualTo(4);
            assertThat(pacer.report()).allMatch(scope -> scope.granted() == 10);
        }
    }

    @Test
    void aRefusalIsReturnedAndPausesWhatComesNext() throws Exception {
        try (Api api = new Api();
                Pacer pacer = pacer()) {
            OkHttpClient client = client(pacer);
            assertThat(send(client, api.at("/refused"))).isEqualTo(429);
            assertThatThrownBy(() -> send(client, api.at("/refused")))
                    .satisfies(thrown -> assertThat(root(thrown)).isInstanceOf(CallPause.class));
            assertThat(api.arrivals).hasSize(1);
        }
    }

    @Test
    void aCallWithoutAnAnswerKeepsItsSlotAndNoMore() throws Exception {
        try (Api api = new Api();
                Pacer pacer = pacer()) {
            OkHttpClient client = client(pacer);
            URI gone = api.at("/");
            api.stop();
            assertThatThrownBy(() -> send(client, gone))
                    .satisfies(thrown -> assertThat(root(thrown)).isInstanceOf(IOException.class));
            assertThat(pacer.report())
                    .filteredOn(scope -> scope.scope().equals("token"))
                    .allMatch(scope -> scope.granted() == 1 && scope.used() == 1);
        }
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static OkHttpClient client(Pacer pacer) {
        return new OkHttpClient.Builder()
                .addInterceptor(new PacingInterceptor(pacer))
                .retryOnConnectionFailure(false)
                .build();
    }

    private static int send(OkHttpClient client, URI uri) throws IOException {
        Request request = new Request.Builder().url(uri.toString()).build();
        try (Response answer = client.newCall(request).execute()) {
            return answer.code();
        }
    }
}
