package dev.tactus.limits.leases;

import dev.tactus.limits.Limit;

/// A sliding counter, wherever its windows begin: the condition of [PacedLimit], without spreading calls. Amounts are
/// kept in whole calls, rounded up. Nanoseconds. Not thread-safe.
public final class CounterRule extends QuotaRule {
    private final Limit limit;
    private final RecentTimestamps calls;
    private PacedLimit condition;

    public CounterRule(Limit limit, long cost) {
        super(limit.permits(), cost);
        this.limit = limit;
        int most = Math.toIntExact(limit.permits() / cost);
        calls = new RecentTimestamps(2 * most + 2);
        condition = PacedLimit.unspread(limit.withPermits(most));
    }

    @Override
    public long horizonNanos() {
        return 2 * limit.window().toNanos();
    }

    @Override
    long whenAtMost(long room, long now) {
        int usableCalls = Math.toIntExact(usable() / cost());
        if (condition.limit().permits() != usableCalls) {
            condition = PacedLimit.unspread(limit.withPermits(usableCalls));
        }
        return condition.earliest(calls, Math.toIntExact(flying() / cost()), now);
    }

    @Override
    void charge(long at, long amount) {
        calls.dropUntil(at - horizonNanos());
        for (long call = 0; call < Math.ceilDiv(amount, cost()); call++) {
            calls.add(at);
        }
    }

    @Override
    double used(long now) {
        return calls.countAfter(now - limit.window().toNanos()) * (double) cost();
    }
}
