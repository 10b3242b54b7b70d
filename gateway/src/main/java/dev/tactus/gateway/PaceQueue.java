package dev.tactus.gateway;

import java.time.InstantSource;

/// Where requests wait in pace mode, kept by [Administration] and given to the [Gateway]. Thread-safe.
public final class PaceQueue {
    private final Pacing pacing;
    private final PaceFigures figures;
    private final InstantSource clock;
    private final ShadowTrials trials = ShadowTrials.none();

    PaceQueue(Pacing pacing, PaceFigures figures, InstantSource clock) {
        this.pacing = pacing;
        this.figures = figures;
        this.clock = clock;
    }

    Pacing pacing() {
        return pacing;
    }

    Policy.Maker policies() {
        return settings -> PacePolicy.of(settings, pacing, figures, trials.again(), clock);
    }
}
