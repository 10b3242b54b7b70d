package dev.tactus.gateway.enforcement;

import dev.tactus.gateway.http.GatewayResponses;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.limits.metering.QuotaDecision;
import dev.tactus.limits.metering.RemainingQuota;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// A bare 429.
record OpaqueRateLimitHeaders(Optional<RefusalTemplate> body) implements RateLimitHeaders {
    private static final byte[] NOTHING = {};

    @Override
    public FullHttpResponse refusal(UsagePlan plan, BitSet concerned, QuotaDecision.Refused refused, long now) {
        if (body.isEmpty()) {
            return GatewayResponses.with(HttpResponseStatus.TOO_MANY_REQUESTS, AsciiString.EMPTY_STRING, NOTHING);
        }
        QuotaDecision.Refusal deciding = refused.deciding();
        LimitSettings limit = plan.limits().get(plan.indexOf(deciding.limit()));
        return GatewayResponses.with(
                HttpResponseStatus.TOO_MANY_REQUESTS,
                GatewayResponses.JSON,
                body.get().bytes(limit, RateLimitHeaders.seconds(deciding.waitNanos(now))));
    }

    @Override
    public void passing(
            HttpHeaders headers, UsagePlan plan, BitSet concerned, List<RemainingQuota> standings, long now) {}

    @Override
    public boolean tellsOnPassing() {
        return false;
    }
}
