package dev.tactus.gateway.quota;

import dev.tactus.limits.Limit;
import dev.tactus.limits.metering.LimitKind;
import dev.tactus.limits.metering.NamedLimit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One limit of `gateway.yaml`.
///
/// @param permits per window, at least 1
/// @param burst the bucket's size where `kind` is a bucket, else the same as `permits`
/// @param match the requests that it holds for
/// @param cost permits that a matching request takes where no rule of `costs` says otherwise
/// @param costs the first rule that matches decides
/// @param shadow evaluated and counted, but never refusing
/// @param countsRefused whether requests that are refused use it up too
/// @param partition who has a quota of its own; in enforce mode each application
/// @param upstream in pace mode: how the upstream keeps it
public record LimitSettings(
        String name,
        int permits,
        Duration window,
        LimitAlgorithm kind,
        int burst,
        RoutePattern match,
        int cost,
        List<CostRule> costs,
        boolean shadow,
        boolean countsRefused,
        QuotaPartition partition,
        UpstreamQuota upstream) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    public LimitSettings {
        if (!name.matches("[a-z0-9][a-z0-9_-]{0,40}")) {
            throw new IllegalArgumentException(
                    "a limit's name is made of a-z, 0-9, - and _, such as quota, not \"" + name + "\"");
        }
        if (permits < 1 || burst < 1) {
            throw new IllegalArgumentException("a limit needs at least 1 permit");
        }
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a window must be between 1ms and 366d");
        }
        int dearest = costs.stream().mapToInt(CostRule::cost).reduce(cost, Math::max);
        int most = switch (kind) {
            case SLIDING, FIXED, FIXED_FROM_FIRST -> permits;
            case BUCKET -> burst;
            case SPACING -> 1;
        };
        if (cost < 0 || dearest > most) {
            throw new IllegalArgumentException("a request with cost " + dearest + " can never pass a limit of " + most
                    + "; a cost must be between 0 and that");
        }
        costs = List.copyOf(costs);
    }

    /// This limit as the engine knows it.
    public NamedLimit named() {
        NamedLimit plain = NamedLimit.of(name, engineKind());
        NamedLimit counting = countsRefused ? plain.countingRefused() : plain;
        return shadow ? counting.inShadow() : counting;
    }

    private LimitKind engineKind() {
        Limit limit = limit();
        return switch (kind) {
            case SLIDING -> new LimitKind.SlidingLog(limit);
            case FIXED -> new LimitKind.FixedWindow(limit, LimitKind.WindowStart.EPOCH);
            case FIXED_FROM_FIRST -> new LimitKind.FixedWindow(limit, LimitKind.WindowStart.FIRST_REQUEST);
            case BUCKET -> new LimitKind.TokenBucket(limit, burst);
            case SPACING -> new LimitKind.Spacing(limit);
        };
    }

    public Limit limit() {
        return new Limit(permits, window);
    }

    /// The same limit with a share of its permits, never fewer than one request needs.
    LimitSettings restrictedTo(BigDecimal share) {
        int dearest = costs.stream().mapToInt(CostRule::cost).reduce(Math.max(1, cost), Math::max);
        int fewer = share.multiply(BigDecimal.valueOf(permits)).intValue();
        int smaller = share.multiply(BigDecimal.valueOf(burst)).intValue();
        int least = kind == LimitAlgorithm.SPACING || kind == LimitAlgorithm.BUCKET ? 1 : dearest;
        return new LimitSettings(
                name,
                Math.max(least, fewer),
                window,
                kind,
                Math.max(dearest, smaller),
                match,
                cost,
                costs,
                shadow,
                countsRefused,
                partition,
                upstream);
    }

    /// Each name once.
    public static void requireDistinct(List<LimitSettings> limits) {
        Set<String> names = new HashSet<>();
        for (LimitSettings limit : limits) {
            if (!names.add(limit.name())) {
                throw new IllegalArgumentException("duplicate limit name " + limit.name());
            }
        }
    }
}
