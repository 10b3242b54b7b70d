package dev.tactus.reconcile.variance;

import dev.tactus.ledger.royalty.VarianceDecision;
import dev.tactus.ledger.royalty.VarianceFigures;
import dev.tactus.ledger.royalty.VarianceKey;
import java.util.Optional;

/// A row whose two sides differ, and what was decided about it.
///
/// @param status of the row; empty where it is gone
/// @param figures what the two sides say now
/// @param explanation of the row
/// @param decision the one in force
public record Variance(
        VarianceKey key,
        Optional<String> title,
        Optional<String> artists,
        String status,
        VarianceFigures figures,
        String explanation,
        VarianceState state,
        Optional<VarianceDecision> decision) {
    /// What reports have more than the API.
    public long difference() {
        return figures.reportCount().orElse(0L) - figures.apiCount().orElse(0L);
    }
}
