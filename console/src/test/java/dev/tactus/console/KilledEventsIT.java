package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tactus.digest.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The built command line's gateway, killed with SIGKILL between an event and its delivery.
class KilledEventsIT {
    private static final String KEY = "radio-key";
    private static final String RESOURCE = "/v1/players/42/state";
    private static final int HELD = 3;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Integer> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch holding = new CountDownLatch(1);
    private final CountDownLatch killed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    Path folder;

    private HttpServer subscriber;

    @BeforeEach
    void listen() throws IOException {
        subscriber = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        subscriber.setExecutor(threads);
        subscriber.createContext("/", this::take);
        subscriber.start();
    }

    @AfterEach
    void close() {
        killed.countDown();
        subscriber.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }

    /// Takes events; the first time that the held one comes, its answer waits until the gateway is dead.
    private void take(HttpExchange exchange) throws IOException {
        JsonNode event = JSON.readTree(exchange.getRequestBody().readAllBytes());
        int number = event.path("data").path("number").asInt();
        boolean first = !received.contains(number);
        received.add(number);
        if (number == HELD && first) {
            holding.countDown();
            try {
                killed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    @Test
    void subscriptionsAndEventsOutliveAKillAndComeAtLeastOnceInOrder() throws Exception {
        Files.writeString(
                folder.resolve("gateway.yaml"), """
                    listen: 127.0.0.1:0
                    admin: 127.0.0.1:0
                    upstream: http://127.0.0.1:1
                    limits: []
                    applications: [{id: radio, key_sha256: ["%s"]}]
                    events:
                      resources: [{path: /v1/players/*/state, every: 1h}]
                      callbacks: {private_addresses: true, challenge: false}
                      publish_token: publishing
                    """.formatted(Sha256.of(KEY).hex()));
        TactusProcess first = TactusProcess.gateway(folder, Map.of());
        HttpResponse<String> made = post(
                first,
                "/subscriptions",
                "{\"resource\": \"" + RESOURCE + "\", \"callback\": \"http://127.0.0.1:"
                        + subscriber.getAddress().getPort() + "/hook\"}",
                "X-Api-Key",
                KEY);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        for (int number = 1; number <= 5; number++) {
            publish(first, number);
        }
        holding.await();
        first.kill();
        killed.countDown();

        TactusProcess second = TactusProcess.gateway(folder, Map.of());
        publish(second, 6);
        second.awaitThat(() -> received.contains(6));
        HttpResponse<String> again = post(
                second,
                "/subscriptions",
                "{\"resource\": \"" + RESOURCE + "\", \"callback\": \"http://127.0.0.1:"
                        + subscriber.getAddress().getPort() + "/hook\"}",
                "X-Api-Key",
                KEY);
        second.kill();

        assertThat(received.stream().distinct().toList()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(received.stream().filter(number -> number == HELD).count())
                .as("nobody knew that it had arrived")
                .isGreaterThanOrEqualTo(2);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(again.body()).path("id"))
                .isEqualTo(JSON.readTree(made.body()).path("id"));
    }

    private void publish(TactusProcess gateway, int number) throws Exception {
        HttpResponse<String> answer = post(
                gateway,
                "/events",
                "{\"resource\": \"" + RESOURCE + "\", \"data\": {\"number\": " + number + "}}",
                "Authorization",
                "Bearer publishing");
        assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
    }

    private HttpResponse<String> post(TactusProcess gateway, String path, String body, String field, String value)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(gateway.address("Gateway") + path))
                        .header(field, value)
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
