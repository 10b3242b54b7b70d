package dev.tactus.ledger.catalog;

/// A part of the recordings of a plan, in its order.
///
/// @param after the place before the first
/// @param to the place of the last, or behind it
public record PlanRange(PlanPosition after, PlanPosition to) {
    public static final PlanRange ALL = new PlanRange(PlanPosition.BEFORE_ALL, PlanPosition.AFTER_ALL);
}
