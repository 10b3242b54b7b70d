package dev.tactus.ledger.quality;

/// What became of a drift.
public enum DriftState {
    /// Seen, and nobody has said that it is right.
    OPEN,
    /// Somebody has said that it is right; never reported again.
    ACCEPTED,
    /// No longer seen. Seen again it is news.
    RESOLVED
}
