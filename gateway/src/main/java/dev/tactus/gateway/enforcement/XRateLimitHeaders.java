package dev.tactus.gateway.enforcement;

import dev.tactus.gateway.http.GatewayResponses;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.limits.metering.QuotaDecision;
import dev.tactus.limits.metering.RemainingQuota;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.util.BitSet;
import java.util.List;

/// `X-RateLimit-Limit`, `-Remaining` and `-Reset` in seconds: of the limit with the longest window on answers that
/// pass, of the one that refused on refusals.
record XRateLimitHeaders(RefusalTemplate body) implements RateLimitHeaders {
    static final String BODY = "{\"message\":\"API rate limit exceeded\"}";

    private static final AsciiString LIMIT = AsciiString.cached("X-RateLimit-Limit");
    private static final AsciiString REMAINING = AsciiString.cached("X-RateLimit-Remaining");
    private static final AsciiString RESET = AsciiString.cached("X-RateLimit-Reset");

    @Override
    public FullHttpResponse refusal(UsagePlan plan, BitSet concerned, QuotaDecision.Refused refused, long now) {
        QuotaDecision.Refusal deciding = refused.deciding();
        LimitSettings limit = plan.limits().get(plan.indexOf(deciding.limit()));
        long seconds = RateLimitHeaders.seconds(deciding.waitNanos(now));
        FullHttpResponse answer = GatewayResponses.with(
                HttpResponseStatus.TOO_MANY_REQUESTS, GatewayResponses.JSON, body.bytes(limit, seconds));
        tell(answer.headers(), limit.permits(), 0, seconds);
        answer.headers().set(HttpHeaderNames.RETRY_AFTER, Long.toString(seconds));
        return answer;
    }

    @Override
    public void passing(
            HttpHeaders headers, UsagePlan plan, BitSet concerned, List<RemainingQuota> standings, long now) {
        int longest = -1;
        for (int i = 0; i < standings.size(); i++) {
            LimitSettings limit = plan.limits().get(i);
            if (RateLimitHeaders.concerns(plan, i, concerned)
                    && (longest < 0
                            || limit.window()
                                            .compareTo(
                                                    plan.limits().get(longest).window())
                                    > 0)) {
                longest = i;
            }
        }
        if (longest >= 0) {
            RemainingQuota standing = standings.get(longest);
            tell(headers, standing.permits(), standing.remaining(), StandardRateLimitHeaders.reset(standing, now));
        }
    }

    @Override
    public boolean tellsOnPassing() {
        return true;
    }

    private static void tell(HttpHeaders headers, int limit, int remaining, long reset) {
        headers.set(LIMIT, Integer.toString(limit));
        headers.set(REMAINING, Integer.toString(remaining));
        headers.set(RESET, Long.toString(reset));
    }
}
