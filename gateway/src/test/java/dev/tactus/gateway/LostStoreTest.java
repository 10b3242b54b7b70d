package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.shared.FakeRedis;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.gateway.violations.ComplianceStatuses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A shared quota at the start of a gateway, and around a loss of its store: beside a real Redis server.
class LostStoreTest {
    /// of a gateway of [TestGateway]
    private static final int LOOPS = 2;

    private static final String QUOTA = "limits: [{name: quota, permits: 6, window: 1h, kind: %s}]\n";

    @TempDir
    Path folder = Path.of("set before each test");

    private final List<AutoCloseable> open = new ArrayList<>();
    private FakeUpstream upstream;
    private TestRedis redis;

    @SuppressWarnings("NullAway.Init")
    LostStoreTest() {}

    @BeforeEach
    void start() throws Exception {
        redis = TestRedis.start(folder);
        upstream = FakeUpstream.saying("ok");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        if (upstream != null) {
            upstream.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    private HttpTestClient gateway(String name, String yaml) throws Exception {
        TestGateway gateway = TestGateway.before(
                upstream,
                Files.createDirectories(folder.resolve(name)),
                "shared: redis://127.0.0.1:" + redis.port() + "\n" + yaml);
        open.add(gateway);
        HttpTestClient client = gateway.client();
        open.add(client);
        return client;
    }

    @Test
    void theFirstRequestsOfAGatewayAreDecidedOnByTheStore() throws Exception {
        String yaml = "when_shared_is_lost: refuse\n" + QUOTA.formatted("sliding");
        for (int i = 0; i < 3; i++) {
            HttpTestClient client = gateway("g" + i, yaml);
            assertThat(client.get("/").status()).as("not 503").isEqualTo(200);
        }
        assertThat(passed(gateway("last", yaml), 10)).isEqualTo(3);
    }

    /// A balancer must not send requests to where they are refused.
    @ParameterizedTest
    @ValueSource(strings = {"refuse", "local"})
    void aGatewayThatRefusesWithoutItsStoreIsNotReady(String whenLost) throws Exception {
        HttpTestClient client = gateway("one", "when_shared_is_lost: " + whenLost + "\n" + QUOTA.formatted("sliding"));
        Gateway gateway = ((TestGateway) open.getFirst()).gateway;
        assertThat(gateway.unready()).isEmpty();
        redis.kill();
        int answer = whenLost.equals("refuse") ? 503 : 200;
        TestGateway.until(() -> passed(client, 1) == (answer == 200 ? 1 : 0));
        if (answer == 200) {
            assertThat(gateway.unready()).isEmpty();
            return;
        }
        assertThat(gateway.unready()).contains("the store of the shared quota cannot be reached");
        redis.again();
        TestGateway.until(() -> gateway.unready().isEmpty());
    }

    /// Otherwise the first requests would be decided on without the store.
    @Test
    void aGatewayListensOnceItKnowsItsStore() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        AtomicInteger heard = new AtomicInteger();
        try (FakeRedis slow = new FakeRedis(command -> {
            for (long end = System.nanoTime() + 300_000_000L; System.nanoTime() < end; Thread.onSpinWait()) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    heard.addAndGet(socket.isConnected() ? 1 : 0);
                } catch (IOException refused) {
                    // as it should be
                }
            }
            return "+OK\r\n";
        })) {
            Path file = Files.writeString(
                    folder.resolve("gateway.yaml"), """
                    listen: 127.0.0.1:%d
                    threads: 1
                    upstream: http://127.0.0.1:%d
                    shared: redis://127.0.0.1:%d
                    limits: [{name: quota, permits: 6, window: 1h}]
                    """.formatted(port, upstream.port(), slow.port()));
            try (Gateway gateway = Gateway.start(
                    GatewaySettings.read(file, name -> null),
                    new Gateway.Dependencies(new UsageMeterRegistry(), new ComplianceStatuses(), System::nanoTime))) {
                assertThat(gateway.address().getPort()).isEqualTo(port);
            }
        }
        assertThat(heard).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sliding", "fixed", "fixed-from-first", "bucket"})
    void whatAGatewayLetThroughCountsAlsoAfterTheStoreHasForgottenIt(String kind) throws Exception {
        HttpTestClient one = gateway("one", QUOTA.formatted(kind));
        assertThat(passed(one, 3)).isEqualTo(3);
        redis.kill();
        TestGateway.until(() -> passed(one, 1) == 1);
        redis.again();
        TestGateway.until(() -> redis.clients() >= LOOPS);

        assertThat(passed(one, 10)).as("six less what it let through").isEqualTo(2);
        HttpTestClient two = gateway("two", QUOTA.formatted(kind));
        assertThat(passed(two, 10)).as("the store was told").isZero();
    }

    private static int passed(HttpTestClient client, int requests) {
        int passed = 0;
        try {
            for (int i = 0; i < requests; i++) {
                passed += client.get("/").status() == 200 ? 1 : 0;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return passed;
    }
}
