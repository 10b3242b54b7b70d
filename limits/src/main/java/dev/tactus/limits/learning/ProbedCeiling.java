package dev.tactus.limits.learning;

import dev.tactus.limits.Limit;
import java.util.Optional;

/// A higher ceiling on trial.
///
/// @param fallback what holds if it is refused
/// @param since when it was raised
record ProbedCeiling(Limit tried, SettledCeiling fallback, int step, long since) implements SearchStage {

    @Override
    public Optional<Limit> limit() {
        return Optional.of(tried);
    }

    @Override
    public boolean hasProvenWindow() {
        return true;
    }

    /// What was refused above it is remembered, but not where a limit that had moved is coming back.
    SettledCeiling proven(long now) {
        boolean bounded = !fallback.isBelowBest() && fallback.refused() > tried.permits();
        int refused = bounded ? fallback.refused() : Integer.MAX_VALUE;
        ProbeSchedule next = refused == Integer.MAX_VALUE
                ? ProbeSchedule.first(tried.window().toNanos(), now)
                : fallback.probes().again(now);
        return new SettledCeiling(
                tried, Math.max(fallback.best(), tried.permits()), refused, next, fallback.unprovoked());
    }

    /// A call was refused. If it was sent before the probe, the ceiling below it was refused.
    SearchStage.Pending refused(long sentAt, long now) {
        return sentAt < since
                ? new SearchStage.Refused(fallback.with(fallback.probes().again(now)))
                : new SearchStage.FailedProbe(this, failed(0, now), now - since);
    }

    /// @param permits what the refusal says is allowed, 0 if that is not certain
    SettledCeiling failed(int permits, long now) {
        int kept = Math.clamp(permits, fallback.held().permits(), tried.permits() - 1);
        boolean belowBest = kept < Tunables.BELOW_BEST * fallback.best();
        ProbeSchedule next = permits > 0 || SettledCeiling.isNear(kept, tried.permits())
                ? fallback.probes().failed(tried.window().toNanos(), now, belowBest)
                : ProbeSchedule.first(tried.window().toNanos(), now);
        return new SettledCeiling(
                tried.withPermits(kept), fallback.best(), tried.permits(), next, fallback.unprovoked());
    }
}
