package dev.tactus.limits;

/// What one key has used of one limit.
///
/// Moments are nanoseconds and never go back from call to call: {@link KeyMeters} sees to that, and to mutual
/// exclusion. Not thread-safe.
sealed interface Meter permits LogMeter, WindowMeter, BucketMeter, SpacingMeter {

    static Meter of(LimitKind kind, long now) {
        return switch (kind) {
            case LimitKind.SlidingLog(Limit limit) -> new LogMeter(limit);
            case LimitKind.FixedWindow fixed -> new WindowMeter(fixed);
            case LimitKind.TokenBucket bucket -> new BucketMeter(bucket, now);
            case LimitKind.Spacing spacing -> new SpacingMeter(spacing, now);
        };
    }

    /// Whether there is room for that cost. Whatever {@link #charge} needs it allocates here, so that charging several
    /// limits cannot fail half-way.
    boolean fits(long now, int cost);

    /// Takes a cost for which there is room.
    void charge(long now, int cost);

    /// Takes the cost of a refused request, as far as there is room.
    void chargeRefused(long now, int cost);

    /// The first moment, not before now, at which there is room for that cost if nothing is charged until then.
    long readyAt(long now, int cost);

    /// What a request could cost now.
    int remaining(long now);

    /// How much is taken and not yet free again.
    int used(long now);

    /// When {@link #remaining} rises next; now if nothing is used.
    long nextAt(long now);

    /// When this meter is as good as new; now if it is.
    long freshAt(long now);

    /// Takes over what was used of the limit that this one replaces, as far as that one still knows: exactly where both
    /// are of one kind, else as if it had all been used just now.
    void takeOver(Meter before, long now);

    /// Gives back memory that is no longer needed.
    default void trim(long now) {}
}
