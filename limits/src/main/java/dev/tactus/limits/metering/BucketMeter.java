package dev.tactus.limits.metering;

import dev.tactus.limits.Limit;
import java.math.BigInteger;

/// A token bucket in whole numbers.
///
/// With R tokens in P nanoseconds (reduced by their common divisor) credit is counted in P-ths of a token: a nanosecond
/// brings R of them, a request of cost c takes c × P, and `burst` × P is the most there can be. Nothing is rounded, so
/// the rate does not drift however often it is asked.
final class BucketMeter extends QuotaMeter {
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(61);
    private static final long DEEPEST = 1L << 61;

    private final long perNano;
    private final long perToken;
    private final long full;
    private final long fillNanos;
    private long credit;
    private long at;

    BucketMeter(LimitKind.TokenBucket kind, long now) {
        long divisor = divisor(kind.refill());
        perNano = kind.refill().permits() / divisor;
        perToken = kind.refill().window().toNanos() / divisor;
        full = kind.burst() * perToken;
        fillNanos = Math.ceilDiv(full, perNano);
        credit = full;
        at = now;
    }

    static boolean tooLarge(Limit refill, int burst) {
        long perToken = refill.window().toNanos() / divisor(refill);
        return BigInteger.valueOf(perToken).multiply(BigInteger.valueOf(burst)).compareTo(MOST) > 0;
    }

    private static long divisor(Limit refill) {
        long larger = refill.window().toNanos();
        long smaller = refill.permits();
        while (smaller != 0) {
            long rest = larger % smaller;
            larger = smaller;
            smaller = rest;
        }
        return larger;
    }

    private void refill(long now) {
        long elapsed = now - at;
        // after a debt there is more to fill than a bucket
        long fills = credit >= 0 ? fillNanos : Math.ceilDiv(full - credit, perNano);
        credit = elapsed >= fills ? full : Math.min(full, credit + elapsed * perNano);
        at = now;
    }

    @Override
    boolean fits(long now, int cost) {
        refill(now);
        return credit >= cost * perToken;
    }

    @Override
    void charge(long now, int cost) {
        credit -= cost * perToken;
    }

    @Override
    void chargeRefused(long now, int cost) {
        refill(now);
        credit = Math.max(Math.min(0, credit), credit - cost * perToken);
    }

    @Override
    void owe(long now, int cost) {
        refill(now);
        long debt = cost > DEEPEST / perToken ? DEEPEST : cost * perToken;
        credit = Math.max(-DEEPEST, credit - debt);
    }

    private long reaches(long now, long wanted) {
        return credit >= wanted ? now : now + Math.ceilDiv(wanted - credit, perNano);
    }

    @Override
    long readyAt(long now, int cost) {
        refill(now);
        return reaches(now, cost * perToken);
    }

    @Override
    int remaining(long now) {
        refill(now);
        return (int) Math.max(0, credit / perToken);
    }

    @Override
    int used(long now) {
        refill(now);
        return (int) Math.min(full / perToken, Math.ceilDiv(full - credit, perToken));
    }

    @Override
    long nextAt(long now) {
        return reaches(now, Math.min(full, (remaining(now) + 1) * perToken));
    }

    @Override
    long freshAt(long now) {
        refill(now);
        return reaches(now, full);
    }

    @Override
    void takeOver(QuotaMeter before, long now) {
        at = now;
        if (before instanceof BucketMeter bucket && bucket.perNano == perNano && bucket.perToken == perToken) {
            bucket.refill(now);
            credit = Math.max(Math.min(0, bucket.credit), full - (bucket.full - bucket.credit));
        } else {
            credit = full - Math.min(full / perToken, before.used(now)) * perToken;
        }
    }
}
