package dev.tactus.simulator.behaviour;

import dev.tactus.simulator.catalog.SplitMix;
import java.time.Duration;

/// How long a request is on its way, both directions together; how much of it goes before the service sees the request
/// is drawn too.
///
/// @param base always
/// @param jitter up to so much more
/// @param tailShare how many take longer still, from 0 to 1
/// @param tail up to so much longer
public record Latency(Duration base, Duration jitter, double tailShare, Duration tail) {
    /// No delay at all.
    public static final Latency NONE = new Latency(Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);

    /// The two directions of one request.
    public record Trip(Duration there, Duration back) {}

    public Trip draw(long random) {
        double total = base.toNanos() + SplitMix.unit(SplitMix.of(random, 1)) * jitter.toNanos();
        if (SplitMix.unit(SplitMix.of(random, 2)) < tailShare) {
            total += SplitMix.unit(SplitMix.of(random, 3)) * tail.toNanos();
        }
        double there = total * SplitMix.unit(SplitMix.of(random, 4));
        return new Trip(Duration.ofNanos((long) there), Duration.ofNanos((long) (total - there)));
    }
}
