package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.enforcement.QuotaWatch;
import dev.tactus.gateway.identity.CreatedApplications;
import dev.tactus.gateway.pace.PacingPolicyFactory;
import dev.tactus.gateway.pace.PacingQueue;
import dev.tactus.gateway.pace.QueueMetrics;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.gateway.tracing.RequestTracer;
import dev.tactus.gateway.usage.AccessLog;
import dev.tactus.gateway.usage.PollingDetector;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.gateway.violations.ComplianceStatuses;
import dev.tactus.limits.metering.KeyedLimiter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pace mode over real sockets in a time that the test turns.
class PacingPolicyTest {
    private final ManualTime time = new ManualTime();

    @TempDir
    private Path folder;

    /// Nobody knows whether the upstream has counted its request: the slot is free again once that can't matter.
    @Test
    void aCallerThatLeavesBeforeTheAnswerDoesNotKeepItsSlotForEver() throws Exception {
        try (FakeUpstream upstream = new FakeUpstream(wire -> {
                    if (wire.request().start().contains("/silent")) {
                        wire.in().read(); // until the gateway closes
                    } else {
                        wire.answer(200, "ok");
                    }
                });
                StateFile file = StateFile.open(folder.resolve("gateway.db"), time);
                PacingQueue queue = new PacingQueue(file.ceilings(), time, time, time::alarm, Duration.ofSeconds(10))) {
            GatewaySettings settings = settings(upstream);
            queue.configure(settings);
            try (Gateway gateway = Gateway.start(settings, dependencies(queue));
                    HttpTestClient staying = new HttpTestClient(gateway.address())) {
                HttpTestClient leaving = new HttpTestClient(gateway.address());
                leaving.send("GET /silent HTTP/1.1\r\nHost: a\r\n\r\n");
                TestGateway.until(() -> upstream.seen().size() == 1);
                leaving.close();
                TestGateway.until(() -> upstream.openConnections() == 0);
                staying.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> status(staying));
                TestGateway.until(() -> {
                    time.advance(Duration.ofSeconds(1));
                    return answer.isDone();
                });
                assertThat(answer.join()).isEqualTo(200);
            }
        }
    }

    private static int status(HttpTestClient client) {
        try {
            return client.read().status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Gateway.Dependencies dependencies(PacingQueue queue) {
        QueueMetrics metrics = new QueueMetrics(new PrometheusRegistry(), queue);
        return new Gateway.Dependencies(
                new UsageMeterRegistry(),
                new ComplianceStatuses(),
                time,
                new KeyedLimiter<>(),
                new CreatedApplications(time),
                new QuotaWatch(),
                new PollingDetector(),
                RequestTracer.off(),
                AccessLog.off(),
                Optional.empty(),
                Optional.of(new PacingPolicyFactory(queue, metrics, time)));
    }

    private GatewaySettings settings(FakeUpstream upstream) throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), """
            listen: 127.0.0.1:0
            threads: 1
            mode: pace
            patience: 1h
            upstream: http://127.0.0.1:%d
            limits: [{name: quota, permits: 1, window: 10s}]
            """.formatted(upstream.port()));
        return GatewaySettings.read(file, name -> null);
    }
}
