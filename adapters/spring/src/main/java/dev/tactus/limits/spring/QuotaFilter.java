package dev.tactus.limits.spring;

import dev.tactus.limits.Ticker;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.QuotaDecision;
import dev.tactus.limits.metering.QuotaPlan;
import dev.tactus.limits.metering.RemainingQuota;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Refuses requests beyond a caller's quota with 429 before anything else is done for them.
///
/// Answers that pass have `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` (seconds) of the limit that
/// is the nearest to its end; refusals have them of the limit that decides, and `Retry-After`, at which the same
/// request passes if nothing else comes until then. A request without a key is not limited: whoever lets it in,
/// decides.
/// It uses the servlet API alone, so that it filters in Spring and without it. Thread-safe.
public final class QuotaFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final int TOO_MANY_REQUESTS = 429;

    private final transient Ticker ticker;
    private final transient KeyedLimiter<String> limiter;
    private final transient QuotaPlan plan;
    private final transient Function<HttpServletRequest, Optional<String>> key;

    /// @param key who asks: the application of an authenticated request rather than an address that anybody can claim
    public QuotaFilter(QuotaPlan plan, Function<HttpServletRequest, Optional<String>> key) {
        this(plan, key, Ticker.sinceEpoch(InstantSource.system()));
    }

    public QuotaFilter(QuotaPlan plan, Function<HttpServletRequest, Optional<String>> key, Ticker ticker) {
        this.plan = plan;
        this.key = key;
        this.ticker = ticker;
        limiter = new KeyedLimiter<>(ticker);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> caller = key.apply(request);
        if (caller.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        long now = ticker.nanos();
        QuotaDecision decision = limiter.decide(caller.get(), plan.charge(), now);
        List<RemainingQuota> left = limiter.standing(caller.get(), plan, now);
        switch (decision) {
            case QuotaDecision.Admitted admitted -> {
                left.stream()
                        .min(Comparator.comparingDouble(quota -> quota.remaining() / (double) quota.permits()))
                        .ifPresent(nearest -> describe(response, nearest, nearest.nextAtNanos() - now));
                chain.doFilter(request, response);
            }
            case QuotaDecision.Refused refused -> {
                String name = refused.deciding().limit().name();
                long wait = refused.waitNanos(now);
                left.stream()
                        .filter(quota -> quota.limit().name().equals(name))
                        .findFirst()
                        .ifPresent(deciding -> describe(response, deciding, wait));
                refuse(response, name, seconds(wait));
            }
        }
    }

    private static void describe(HttpServletResponse response, RemainingQuota quota, long resetNanos) {
        response.setHeader("RateLimit-Limit", Integer.toString(quota.permits()));
        response.setHeader("RateLimit-Remaining", Integer.toString(quota.remaining()));
        response.setHeader("RateLimit-Reset", Long.toString(seconds(resetNanos)));
    }

    private static void refuse(HttpServletResponse response, String limit, long seconds) throws IOException {
        response.setStatus(TOO_MANY_REQUESTS);
        response.setHeader("Retry-After", Long.toString(seconds));
        response.setContentType("application/problem+json");
        String name = limit.replace("\\", "\\\\").replace("\"", "\\\"");
        response.getWriter().print("""
                {"title":"Too Many Requests","status":429,"detail":"limit '%s' is used up; the next request passes in %d s"}
                """.formatted(name, seconds).strip());
    }

    /// Up, so that nobody comes a moment too early.
    private static long seconds(long nanos) {
        return Math.max(0, Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1)));
    }
}
