package dev.tactus.reconcile.variance;

import java.util.Map;

/// How many rows of a period differ, and where they stand with people.
///
/// @param byState every state that occurs
/// @param acceptedProvisional payable counts that are not final and that somebody has accepted
public record VarianceCounts(Map<VarianceState, Long> byState, long acceptedProvisional) {
    public static final VarianceCounts NONE = new VarianceCounts(Map.of(), 0);

    public VarianceCounts {
        byState = Map.copyOf(byState);
    }

    public long of(VarianceState state) {
        return byState.getOrDefault(state, 0L);
    }

    /// How many wait for somebody.
    public long waiting() {
        return of(VarianceState.OPEN) + of(VarianceState.STALE);
    }
}
