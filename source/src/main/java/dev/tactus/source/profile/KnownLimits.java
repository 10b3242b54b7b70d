package dev.tactus.source.profile;

import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.ScopedLimit;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/// What is known of a source's limits beforehand.
///
/// @param limits of calls and costs
/// @param inFlight of calls under way at once
/// @param costFrom where an answer tells what its call has cost
/// @param leave the share of every quota that is left to people and other programs
public record KnownLimits(
        List<ScopedLimit> limits, List<InFlightLimit> inFlight, Optional<JsonPointer> costFrom, double leave) {
    public static final KnownLimits NONE = of(List.of());

    public KnownLimits {
        limits = List.copyOf(limits);
        inFlight = List.copyOf(inFlight);
    }

    /// Those and nothing else.
    public static KnownLimits of(List<ScopedLimit> limits) {
        return new KnownLimits(limits, List.of(), Optional.empty(), 0);
    }

    public boolean isEmpty() {
        return limits.isEmpty() && inFlight.isEmpty();
    }

    /// The same, leaving that share to others.
    public KnownLimits leaving(double share) {
        return new KnownLimits(limits, inFlight, costFrom, share);
    }
}
