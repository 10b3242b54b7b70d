package dev.tactus.limits.metering;

import dev.tactus.limits.Limit;
import org.jspecify.annotations.Nullable;

/// What one key has used of one limit.
///
/// Moments are nanoseconds and never go back from call to call: [KeyMeters] sees to that, and to mutual
/// exclusion. The meters of a key are linked in the order of its plan: a key with one limit, the usual case, needs no
/// array between it and its meter. Not thread-safe.
abstract sealed class QuotaMeter permits LogMeter, WindowMeter, BucketMeter, SpacingMeter {
    @Nullable
    QuotaMeter next;

    static QuotaMeter of(LimitKind kind, long now) {
        return switch (kind) {
            case LimitKind.SlidingLog(Limit limit) -> new LogMeter(limit);
            case LimitKind.FixedWindow fixed -> new WindowMeter(fixed);
            case LimitKind.TokenBucket bucket -> new BucketMeter(bucket, now);
            case LimitKind.Spacing spacing -> new SpacingMeter(spacing, now);
        };
    }

    /// Whether there is room for that cost. Whatever [#charge] needs it allocates here, so that charging several
    /// limits cannot fail half-way.
    abstract boolean fits(long now, int cost);

    /// Takes a cost for which there is room.
    abstract void charge(long now, int cost);

    /// Takes the cost of a refused request, as far as there is room.
    abstract void chargeRefused(long now, int cost);

    /// Takes a cost that became known afterwards, room or not: what there is no room for is a debt, which takes permits
    /// as they come back, before anybody else gets one.
    abstract void owe(long now, int cost);

    /// The first moment, not before now, at which there is room for that cost if nothing is charged until then.
    abstract long readyAt(long now, int cost);

    /// What a request could cost now.
    abstract int remaining(long now);

    /// How much is taken and not yet free again.
    abstract int used(long now);

    /// When [#remaining] rises next; now if nothing is used.
    abstract long nextAt(long now);

    /// When this meter is as good as new; now if it is.
    abstract long freshAt(long now);

    /// Takes over what was used of the limit that this one replaces, as far as that one still knows: exactly where both
    /// are of one kind, else as if it had all been used just now.
    abstract void takeOver(QuotaMeter before, long now);

    /// Gives back memory that is no longer needed.
    void trim(long now) {}
}
