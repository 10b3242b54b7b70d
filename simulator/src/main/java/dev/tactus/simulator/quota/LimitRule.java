package dev.tactus.simulator.quota;

import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import java.util.List;

/// A limit the simulated service keeps.
///
/// @param scope `token` for every call, or a path prefix
/// @param ceilings when the number of permits changes, in order
/// @param enforced false to measure only
public record LimitRule(
        String scope,
        Per per,
        Limit limit,
        SimulatedWindowKind kind,
        List<CeilingChange> ceilings,
        Refusal refusal,
        boolean enforced) {
    /// Whose requests count together.
    public enum Per {
        TOKEN,
        /// all tokens of one client id
        CLIENT,
        EVERYONE
    }

    /// From a moment on, another number of permits holds.
    ///
    /// @param after since the first request
    public record CeilingChange(Duration after, int permits) {
        public CeilingChange {
            if (after.isNegative() || permits < 1) {
                throw new IllegalArgumentException(
                        "a ceiling of " + permits + " after " + after + " is not possible; at least 1 permit");
            }
        }
    }

    /// How a request over the limit is answered.
    ///
    /// @param hold how long everything is refused from then on, whatever the window says; zero for not at all
    public record Refusal(HeaderDialect dialect, Duration hold) {
        /// 429 with `Retry-After` in seconds.
        public static final Refusal PLAIN = new Refusal(HeaderDialect.RETRY_AFTER, Duration.ZERO);
    }

    public LimitRule {
        if (!scope.equals(ScopedLimit.TOKEN) && !scope.startsWith("/")) {
            throw new IllegalArgumentException(
                    "the scope of a limit is token or a path such as /v1/search, not " + scope);
        }
        ceilings = List.copyOf(ceilings);
        int most = ceilings.stream().mapToInt(CeilingChange::permits).reduce(limit.permits(), Math::max);
        if (kind == SimulatedWindowKind.SLIDING_COUNTER
                && Long.MAX_VALUE / limit.window().toNanos() / 4 < most) {
            throw new IllegalArgumentException(limit + " is too large to be kept exactly by a sliding counter");
        }
    }

    /// A sliding log over all calls of a token.
    public static LimitRule ofToken(Limit limit) {
        return of(ScopedLimit.TOKEN, limit);
    }

    public static LimitRule of(String scope, Limit limit) {
        return new LimitRule(scope, Per.TOKEN, limit, SimulatedWindowKind.SLIDING_LOG, List.of(), Refusal.PLAIN, true);
    }

    public LimitRule counting(SimulatedWindowKind changed) {
        return new LimitRule(scope, per, limit, changed, ceilings, refusal, enforced);
    }

    public LimitRule refusing(HeaderDialect dialect, Duration hold) {
        return new LimitRule(scope, per, limit, kind, ceilings, new Refusal(dialect, hold), enforced);
    }

    public LimitRule moving(List<CeilingChange> changed) {
        return new LimitRule(scope, per, limit, kind, changed, refusal, enforced);
    }

    /// The permits at a moment.
    ///
    /// @param elapsedNanos since the first request
    int permitsAt(long elapsedNanos) {
        int permits = limit.permits();
        for (CeilingChange change : ceilings) {
            if (change.after().toNanos() <= elapsedNanos) {
                permits = change.permits();
            }
        }
        return permits;
    }

    boolean covers(String path) {
        return scope.equals(ScopedLimit.TOKEN) || path.startsWith(scope);
    }
}
