package dev.tactus.gateway;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.http.SocketTransport;
import dev.tactus.gateway.shared.SharedLimiter;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.gateway.violations.ComplianceStatuses;
import dev.tactus.limits.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A gateway between a test and a fake upstream, in a time that the test turns by hand.
final class TestGateway implements AutoCloseable {
    /// A full minute, so that aligned windows start here.
    static final long START = Duration.ofDays(20_000).toNanos();

    /// A busy machine's store is slow, and not lost for that.
    private static final Duration STORE_PATIENCE = Duration.ofSeconds(20);

    final FakeUpstream upstream;
    final Gateway gateway;
    final UsageMeterRegistry usage = new UsageMeterRegistry();
    final ComplianceStatuses standings = new ComplianceStatuses();
    final AtomicLong now = new AtomicLong(START);
    private final Path file;
    private boolean endsUpstream = true;

    private TestGateway(FakeUpstream upstream, Path folder, String yaml, SocketTransport transport, boolean realTime)
            throws IOException {
        this.upstream = upstream;
        file = folder.resolve("gateway.yaml");
        GatewaySettings settings = settings(yaml);
        Ticker ticker = realTime ? () -> START + System.nanoTime() : now::get;
        Gateway.Dependencies parts = new Gateway.Dependencies(usage, standings, ticker);
        Optional<SharedLimiter> shared = Gateway.shared(settings, transport, STORE_PATIENCE);
        gateway = Gateway.start(settings, parts, Gateway.enforcing(parts, shared), transport, shared);
    }

    /// @param yaml without `listen` and `upstream`
    static TestGateway start(FakeUpstream upstream, Path folder, String yaml) throws IOException {
        return new TestGateway(upstream, folder, yaml, SocketTransport.best(), false);
    }

    static TestGateway startOn(SocketTransport transport, FakeUpstream upstream, Path folder, String yaml)
            throws IOException {
        return new TestGateway(upstream, folder, yaml, transport, false);
    }

    /// Timeouts run by themselves.
    static TestGateway startInRealTime(FakeUpstream upstream, Path folder, String yaml) throws IOException {
        return new TestGateway(upstream, folder, yaml, SocketTransport.best(), true);
    }

    /// One whose end leaves the upstream running.
    static TestGateway before(FakeUpstream upstream, Path folder, String yaml) throws IOException {
        TestGateway rig = new TestGateway(upstream, folder, yaml, SocketTransport.best(), false);
        rig.endsUpstream = false;
        return rig;
    }

    GatewaySettings settings(String yaml) throws IOException {
        String whole =
                yaml.contains("upstream:") ? yaml : "upstream: http://127.0.0.1:" + upstream.port() + "\n" + yaml;
        Files.writeString(file, "listen: 127.0.0.1:0\nthreads: 2\n" + whole);
        return GatewaySettings.read(file, name -> null);
    }

    HttpTestClient client() throws IOException {
        return new HttpTestClient(gateway.address());
    }

    /// Turns the clock to a moment after the start.
    void at(Duration sinceStart) {
        now.set(START + sinceStart.toNanos());
    }

    /// Waits until something holds that another thread brings about.
    static void until(BooleanSupplier holds) {
        long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > giveUp) {
                throw new AssertionError("waited too long");
            }
            LockSupport.parkNanos(200_000);
        }
    }

    @Override
    public void close() {
        gateway.close();
        if (endsUpstream) {
            upstream.close();
        }
    }
}
