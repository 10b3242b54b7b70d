package dev.tactus.reconcile.variance;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Which rows are meant.
///
/// @param states at least one
public record VarianceFilter(
        Optional<String> isrc, Optional<String> territory, Optional<String> usageType, Set<VarianceState> states) {
    public VarianceFilter {
        states = Set.copyOf(states);
    }

    /// All that is there.
    public static VarianceFilter all() {
        return of(EnumSet.allOf(VarianceState.class));
    }

    public static VarianceFilter of(Set<VarianceState> states) {
        return new VarianceFilter(Optional.empty(), Optional.empty(), Optional.empty(), states);
    }

    /// Whether it names one recording in one territory: then a row is meant whatever its status is.
    public boolean isExact() {
        return isrc.isPresent() && territory.isPresent();
    }
}
