package dev.tactus.ledger;

/// What is known of the sources' limits, kept over restarts.
public final class LimitStates {
    LimitStates() {}
}
