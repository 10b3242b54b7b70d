package dev.tactus.reconcile.retention;

import dev.tactus.ledger.retention.RetentionRecord;
import java.util.List;
import java.util.Optional;

/// What was let go, or would be.
///
/// @param rows whose bytes go
/// @param files that are written anew without them
/// @param freedBytes how much smaller the new files are
/// @param deadLetters whose payloads go
/// @param kept what is old enough and stays, with the reason; a line for each source or report
/// @param record absent where nothing was let go
public record RetentionOutcome(
        RetentionRequest request,
        long rows,
        long files,
        long freedBytes,
        long deadLetters,
        List<String> kept,
        Optional<RetentionRecord> record) {
    public RetentionOutcome {
        kept = List.copyOf(kept);
    }

    /// Whether there is nothing to let go.
    public boolean isEmpty() {
        return rows == 0 && deadLetters == 0;
    }
}
