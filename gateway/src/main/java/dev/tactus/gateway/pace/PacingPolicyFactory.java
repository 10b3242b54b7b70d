package dev.tactus.gateway.pace;

import dev.tactus.gateway.proxy.TrafficPolicy;
import dev.tactus.limits.metering.KeyedLimiter;
import java.time.InstantSource;

/// Where requests wait in pace mode, kept by [ControlPlane] and given to the [Gateway]. Thread-safe.
public final class PacingPolicyFactory {
    private final PacingQueue queue;
    private final QueueMetrics metrics;
    private final InstantSource clock;
    private final ShadowLimiter shadow = new ShadowLimiter(new KeyedLimiter<>());

    public PacingPolicyFactory(PacingQueue queue, QueueMetrics metrics, InstantSource clock) {
        this.queue = queue;
        this.metrics = metrics;
        this.clock = clock;
    }

    public TrafficPolicy.Factory policies() {
        return settings -> new PacingPolicy(settings, queue, metrics, shadow.again(), clock);
    }
}
