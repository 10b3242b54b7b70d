package dev.tactus.gateway.pace;

import dev.tactus.gateway.proxy.TrafficPolicy;
import dev.tactus.limits.metering.KeyedLimiter;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Where requests wait in pace mode, kept by [ControlPlane] and given to the [Gateway]. Thread-safe.
public final class PacingPolicyFactory {
    private final Map<String, PacingQueue> queues;
    private final QueueMetrics metrics;
    private final InstantSource clock;
    private final Map<String, ShadowLimiter> shadows = new ConcurrentHashMap<>();

    public PacingPolicyFactory(PacingQueue queue, QueueMetrics metrics, InstantSource clock) {
        this(Map.of("", queue), metrics, clock);
    }

    /// For several upstreams.
    ///
    /// @param queues by the upstreams' names
    public PacingPolicyFactory(Map<String, PacingQueue> queues, QueueMetrics metrics, InstantSource clock) {
        this.queues = Map.copyOf(queues);
        this.metrics = metrics;
        this.clock = clock;
    }

    public TrafficPolicy.Factory policies() {
        return settings -> {
            PacingQueue queue = queues.get(settings.name());
            if (queue == null) {
                throw new IllegalArgumentException(
                        "upstreams: a new one in pace mode takes effect only after a restart");
            }
            ShadowLimiter shadow =
                    shadows.computeIfAbsent(settings.name(), missing -> new ShadowLimiter(new KeyedLimiter<>()));
            return new PacingPolicy(settings, queue, metrics, shadow.again(), clock);
        };
    }
}
