package dev.tactus.ledger.catalog;

/// A place in the order of a plan: larger priority first, then by ISRC.
///
/// @param key the priority with its sign turned: the smaller, the earlier
/// @param recording its number
public record PlanPosition(long key, long recording) {
    public static final PlanPosition BEFORE_ALL = new PlanPosition(Long.MIN_VALUE, -1);
    public static final PlanPosition AFTER_ALL = new PlanPosition(Long.MAX_VALUE, Long.MAX_VALUE);
}
