package dev.tactus.limits.metering;

import dev.tactus.limits.Limit;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// A limit as a list of everything that was ever charged to it, recomputed from the start for each question.
final class NaiveLimit {

    record Charged(long at, int cost) {}

    final NamedLimit limit;
    final List<Charged> charged = new ArrayList<>();

    NaiveLimit(NamedLimit limit) {
        this.limit = limit;
    }

    boolean hasRoom(long now, int cost) {
        return cost <= free(now);
    }

    /// The first moment with room: room comes back with time, so it can be searched by halves.
    long readyAt(long now, int cost) {
        long tooEarly = now - 1;
        long late = now + 1;
        while (!hasRoom(late, cost)) {
            tooEarly = late;
            late = now + (late - now) * 2;
        }
        while (late - tooEarly > 1) {
            long middle = tooEarly + (late - tooEarly) / 2;
            if (hasRoom(middle, cost)) {
                late = middle;
            } else {
                tooEarly = middle;
            }
        }
        return late;
    }

    /// What a request could cost.
    int free(long now) {
        return switch (limit.kind()) {
            case LimitKind.SlidingLog(Limit log) ->
                (int) Math.max(0, log.permits() - sumAfter(now - log.window().toNanos()));
            case LimitKind.FixedWindow(Limit fixed, LimitKind.WindowStart start) ->
                (int) Math.max(
                        0,
                        fixed.permits()
                                - switch (start) {
                                    case EPOCH -> sumAfter(Math.floorDiv(now, window(fixed)) * window(fixed) - 1);
                                    case FIRST_REQUEST -> sumSinceFirst(now, window(fixed));
                                });
            case LimitKind.TokenBucket bucket -> tokens(bucket, now);
            case LimitKind.Spacing(Limit spacing) -> spaced(spacing, now) ? 1 : 0;
        };
    }

    private static long window(Limit limit) {
        return limit.window().toNanos();
    }

    private long sumAfter(long moment) {
        return charged.stream()
                .filter(each -> each.at() > moment)
                .mapToLong(Charged::cost)
                .sum();
    }

    private long sumSinceFirst(long now, long window) {
        long start = Long.MIN_VALUE / 2;
        long sum = 0;
        for (Charged each : charged) {
            if (each.at() >= start + window) {
                start = each.at();
                sum = 0;
            }
            sum += each.cost();
        }
        return now >= start + window ? 0 : sum;
    }

    private int tokens(LimitKind.TokenBucket bucket, long now) {
        BigInteger perNano = BigInteger.valueOf(bucket.refill().permits());
        BigInteger perToken = BigInteger.valueOf(window(bucket.refill()));
        BigInteger full = BigInteger.valueOf(bucket.burst()).multiply(perToken);
        BigInteger credit = full;
        long before = charged.isEmpty() ? now : charged.getFirst().at();
        for (Charged each : charged) {
            credit = credit.add(BigInteger.valueOf(each.at() - before).multiply(perNano))
                    .min(full)
                    .subtract(BigInteger.valueOf(each.cost()).multiply(perToken))
                    .max(BigInteger.ZERO);
            before = each.at();
        }
        return credit.add(BigInteger.valueOf(now - before).multiply(perNano))
                .min(full)
                .divide(perToken)
                .intValueExact();
    }

    private boolean spaced(Limit spacing, long now) {
        return charged.isEmpty()
                || BigInteger.valueOf(now - charged.getLast().at())
                                .multiply(BigInteger.valueOf(spacing.permits()))
                                .compareTo(BigInteger.valueOf(window(spacing)))
                        >= 0;
    }
}
