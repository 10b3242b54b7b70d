package dev.tactus.ledger.quality;

/// What became of a dead letter.
public enum DeadLetterState {
    /// Waits for a fix.
    OPEN,
    /// Was tried again and landed.
    REPLAYED,
    /// Somebody looked at it and gave it up, with a reason.
    DISMISSED,
    /// A later run has a newer answer about the same: one that landed, or one that was set aside in its turn.
    CLOSED
}
