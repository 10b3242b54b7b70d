package dev.tactus.limits.leases;

import java.util.OptionalDouble;

/// One limit whose way of counting is known, kept so that the server refuses nothing, with all that this way allows.
///
/// A call may arrive at any moment between its sending and its end. So what is under way is charged in full, now; what
/// has ended is charged at its end. *Why that suffices*: let calls break the rule when the last of them arrives, and
/// look at the moment when the one of them that was sent last was let go. All the others were under way then, or had
/// ended no earlier than they arrived, so each was charged at least what the server still held of it when the rule
/// broke, and the check would have held the call back. Nanoseconds; amounts are permits. Not thread-safe.
public abstract sealed class QuotaRule permits BucketRule, LogRule, CalendarRule, InFlightRule, CounterRule {
    private long size;
    private final long cost;
    private long usable;
    private long flying;

    /// @param size what the limit allows at once
    /// @param cost what a call takes of it, as far as is known beforehand
    QuotaRule(long size, long cost) {
        this.size = size;
        this.cost = cost;
        usable = size;
    }

    /// The limit has become another.
    final void resize(long calls) {
        size = calls;
        usable = calls;
    }

    /// Only that share of the limit is used from now on, and at once never less than a call costs.
    public void useShare(double share, long now) {
        usable = Math.clamp((long) Math.floor(size * share), cost, size);
    }

    /// The first moment, not before `now`, at which one more call may go; [PacedLimit#NEVER]: an answer has to come
    /// first.
    public final long earliest(long now) {
        long room = usable - flying - cost;
        return room < 0 ? PacedLimit.NEVER : Math.max(now, whenAtMost(room, now));
    }

    public final void sent() {
        flying += cost;
    }

    public final void unused() {
        flying -= cost;
    }

    /// A call has ended.
    ///
    /// @param actual what it took, where the answer told
    public final void ended(long at, OptionalDouble actual) {
        flying -= cost;
        remember(at, actual);
    }

    /// A call that ended then, perhaps of an earlier process.
    public final void remember(long at, OptionalDouble actual) {
        charge(at, actual.isPresent() ? (long) Math.ceil(Math.max(0, actual.getAsDouble())) : cost);
    }

    /// How many calls it had room for then, where none were under way.
    public final long room(long at) {
        return Math.max(0, (long) Math.floor(size - used(at))) / cost;
    }

    /// Goes on where another rule of the same limit was.
    public final void takeOver(QuotaRule other, long now) {
        flying = other.flying / other.cost * cost;
        charge(now, (long) Math.ceil(other.used(now)));
    }

    public final boolean knowsOfNoneUnderWay() {
        return flying == 0;
    }

    /// How much of it is used, 0 to 1.
    public final double share(long now) {
        return Math.min(1, (flying + used(now)) / (double) usable);
    }

    final long cost() {
        return cost;
    }

    final long flying() {
        return flying;
    }

    final long usable() {
        return usable;
    }

    /// How long calls that have ended matter.
    public abstract long horizonNanos();

    /// The first moment at which what has ended takes no more than `room` of it.
    abstract long whenAtMost(long room, long now);

    abstract void charge(long at, long amount);

    /// What has ended takes of it.
    abstract double used(long now);
}
