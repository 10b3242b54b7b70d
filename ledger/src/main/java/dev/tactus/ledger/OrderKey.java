package dev.tactus.ledger;

/// A place in the order of a plan: larger priority first, then by ISRC.
///
/// @param key the priority with its sign turned: the smaller, the earlier
/// @param recording its number
record OrderKey(long key, long recording) {
    static final OrderKey BEFORE_ALL = new OrderKey(Long.MIN_VALUE, -1);
}
