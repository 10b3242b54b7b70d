package dev.tactus.gateway.enforcement;

import dev.tactus.gateway.config.RateLimitDialect;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.limits.metering.QuotaDecision;
import dev.tactus.limits.metering.RemainingQuota;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Tells callers of their limits, in one of the dialects. Thread-safe.
public sealed interface RateLimitHeaders
        permits OpaqueRateLimitHeaders, SonosRateLimitHeaders, StandardRateLimitHeaders, XRateLimitHeaders {
    /// The answer to a request that was refused.
    ///
    /// @param concerned the places of the limits that hold for the request
    /// @param now nanoseconds since the epoch
    FullHttpResponse refusal(UsagePlan plan, BitSet concerned, QuotaDecision.Refused refused, long now);

    /// Adds to an answer that passes.
    ///
    /// @param concerned the places of the limits that hold for the request; others are not told of
    /// @param standings what the application has left of each limit
    void passing(HttpHeaders headers, UsagePlan plan, BitSet concerned, List<RemainingQuota> standings, long now);

    /// Whether it says anything on answers that pass.
    boolean tellsOnPassing();

    static RateLimitHeaders of(RateLimitDialect dialect, Optional<String> body) {
        return switch (dialect) {
            case STANDARD -> new StandardRateLimitHeaders(body.map(RefusalTemplate::new));
            case SONOS ->
                new SonosRateLimitHeaders(
                        new RefusalTemplate(body.orElse(SonosRateLimitHeaders.BODY)),
                        new RefusalTemplate(body.orElse(SonosRateLimitHeaders.SPIKE_BODY)));
            case X_RATELIMIT -> new XRateLimitHeaders(new RefusalTemplate(body.orElse(XRateLimitHeaders.BODY)));
            case OPAQUE -> new OpaqueRateLimitHeaders(body.map(RefusalTemplate::new));
        };
    }

    /// Whether a request's answer tells of a limit: one that refuses, and that holds for it.
    static boolean concerns(UsagePlan plan, int limit, BitSet concerned) {
        return !plan.limits().get(limit).shadow() && concerned.get(limit);
    }

    /// Whole seconds, rounded up, at least 1.
    static long seconds(long nanos) {
        return Math.max(1, Math.ceilDiv(nanos, 1_000_000_000L));
    }
}
