package dev.tactus.ledger.quality;

/// What became of a dead letter.
public enum DeadLetterState {
    /// Waits for a fix.
    OPEN,
    /// Was tried again and landed.
    REPLAYED,
    /// Was looked at and given up.
    DISMISSED
}
