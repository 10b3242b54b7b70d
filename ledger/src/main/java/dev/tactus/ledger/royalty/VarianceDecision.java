package dev.tactus.ledger.royalty;

import java.time.Instant;
import java.util.Optional;

/// What a person decided about a row whose two sides differ, kept for good.
///
/// @param id its name for people, 16 hex digits
/// @param figures what was decided on
/// @param ending absent as long as it is in force
public record VarianceDecision(
        String id,
        VarianceKey key,
        VarianceVerdict verdict,
        VarianceFigures figures,
        String comment,
        String by,
        Instant at,
        Optional<Ending> ending) {
    /// That it is no longer in force.
    ///
    /// @param reason why it was revoked, or that the row was decided anew
    public record Ending(String by, String reason, Instant at) {}
}
