package dev.tactus.gateway.pace;

import dev.tactus.gateway.proxy.TrafficPolicy;
import java.time.InstantSource;

/// Where requests wait in pace mode, kept by [ControlPlane] and given to the [Gateway]. Thread-safe.
public final class PacingPolicyFactory {
    private final PacingQueue pacing;
    private final QueueMetrics figures;
    private final InstantSource clock;
    private final ShadowLimiter trials = ShadowLimiter.none();

    public PacingPolicyFactory(PacingQueue pacing, QueueMetrics figures, InstantSource clock) {
        this.pacing = pacing;
        this.figures = figures;
        this.clock = clock;
    }

    PacingQueue pacing() {
        return pacing;
    }

    public TrafficPolicy.Factory policies() {
        return settings -> PacingPolicy.of(settings, pacing, figures, trials.again(), clock);
    }
}
