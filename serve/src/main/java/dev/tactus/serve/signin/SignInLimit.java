package dev.tactus.serve.signin;

import dev.tactus.limits.Limit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.LimitKind;
import dev.tactus.limits.metering.NamedLimit;
import dev.tactus.limits.metering.QuotaDecision;
import dev.tactus.limits.metering.QuotaPlan;
import dev.tactus.serve.http.PageProblem;
import java.time.Duration;

/// How often a token may be tried: ten times in five minutes from an address, a hundred from all of them. Thread-safe.
final class SignInLimit {
    private static final String ALL = "";
    private static final QuotaPlan EACH = plan("address", "10/300s");
    private static final QuotaPlan TOGETHER = plan("all", "100/300s");

    private final KeyedLimiter<String> limiter;
    private final Ticker ticker;

    SignInLimit(Ticker ticker) {
        this.ticker = ticker;
        limiter = new KeyedLimiter<>(ticker);
    }

    /// Counts an attempt.
    ///
    /// @throws PageProblem if there were too many
    void attempt(String address) {
        long now = ticker.nanos();
        require(limiter.decide("a" + address, EACH.charge(), now), now);
        require(limiter.decide(ALL, TOGETHER.charge(), now), now);
    }

    private static void require(QuotaDecision decision, long now) {
        if (decision instanceof QuotaDecision.Refused refused) {
            long seconds = Math.ceilDiv(refused.waitNanos(now), 1_000_000_000L);
            throw new PageProblem(
                    429,
                    "too many attempts to sign in: try again in "
                            + Duration.ofSeconds(seconds).toSeconds() + " s");
        }
    }

    private static QuotaPlan plan(String name, String limit) {
        return QuotaPlan.of(NamedLimit.of(name, new LimitKind.SlidingLog(Limit.parse(limit))));
    }
}
