package dev.tactus.limits.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.adapters.LimitedApi;
import dev.tactus.limits.adapters.PacedClientContract;
import dev.tactus.limits.pacing.Pacer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PacedHttpClientTest {
    private static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri).build();
    }

    private static int send(HttpClient client, URI uri) throws Exception {
        return client.send(get(uri), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Nested
    class Blocking extends PacedClientContract {
        @Override
        protected PacedClient client(Pacer pacer) {
            HttpClient client = new PacedHttpClient(HttpClient.newHttpClient(), pacer);
            return closing(client, uri -> send(client, uri));
        }
    }

    @Nested
    class Asynchronous extends PacedClientContract {
        @Override
        protected PacedClient client(Pacer pacer) {
            HttpClient client = new PacedHttpClient(HttpClient.newHttpClient(), pacer);
            return closing(
                    client,
                    uri -> client.sendAsync(get(uri), HttpResponse.BodyHandlers.discarding())
                            .get()
                            .statusCode());
        }
    }

    private interface Sending {
        int send(URI uri) throws Exception;
    }

    private static PacedClientContract.PacedClient closing(HttpClient client, Sending sending) {
        return new PacedClientContract.PacedClient() {
            @Override
            public int send(URI uri) throws Exception {
                return sending.send(uri);
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    /// The README's example.
    private static HttpClient example() {
        PacerSettings settings = new PacerSettings(
                List.of(new ScopedLimit("token", Limit.parse("150/60s"))), // or List.of(): it is learned
                List.of("/v1/search"), // counted separately
                Duration.ofMinutes(1), // a longer pause is thrown, not slept through
                Duration.ofSeconds(2)); // how much longer than its timeout a lost call counts
        Pacer pacer = new Pacer(settings, Ticker.system(), InstantSource.system());
        HttpClient client = new PacedHttpClient(HttpClient.newHttpClient(), pacer);
        return client;
    }

    @Test
    void theExampleOfItsReadmeSends() throws Exception {
        try (LimitedApi api = new LimitedApi();
                HttpClient client = example()) {
            assertThat(send(client, api.at("/v1/search"))).isEqualTo(200);
        }
    }
}
