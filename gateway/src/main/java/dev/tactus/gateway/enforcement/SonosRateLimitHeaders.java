package dev.tactus.gateway.enforcement;

import dev.tactus.gateway.http.GatewayResponses;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.limits.metering.QuotaDecision;
import dev.tactus.limits.metering.RemainingQuota;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/// A quota's refusal has limit, remaining and reset besides `Retry-After`; a spike arrest's, that is one of a limit of
/// a second or less, `Retry-After` alone. Answers that pass are left as they are.
record SonosRateLimitHeaders(RefusalTemplate body, RefusalTemplate spikeBody) implements RateLimitHeaders {
    static final String BODY = "{\"errorCode\":\"TOO_MANY_REQUESTS\",\"reason\":\"Rate limit quota exceeded.\"}";
    static final String SPIKE_BODY =
            "{\"errorCode\":\"TOO_MANY_REQUESTS\",\"reason\":\"Spike arrest: more than {permits}"
                    + " requests in {window} s.\"}";

    private static final AsciiString LIMIT = AsciiString.cached("RateLimit-Limit");
    private static final AsciiString REMAINING = AsciiString.cached("RateLimit-Remaining");
    private static final AsciiString RESET = AsciiString.cached("RateLimit-Reset");
    private static final AsciiString RETRY_AFTER = AsciiString.cached("Retry-After");
    private static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
    private static final AsciiString CONNECTION = AsciiString.cached("Connection");
    private static final AsciiString NONE = AsciiString.cached("0");
    private static final Duration SPIKE = Duration.ofSeconds(1);

    @Override
    public FullHttpResponse refusal(UsagePlan plan, BitSet concerned, QuotaDecision.Refused refused, long now) {
        QuotaDecision.Refusal deciding = refused.deciding();
        LimitSettings limit = plan.limits().get(plan.indexOf(deciding.limit()));
        long seconds = RateLimitHeaders.seconds(deciding.waitNanos(now));
        boolean quota = limit.window().compareTo(SPIKE) > 0;
        FullHttpResponse answer = GatewayResponses.bare(
                HttpResponseStatus.TOO_MANY_REQUESTS, (quota ? body : spikeBody).bytes(limit, seconds));
        HttpHeaders headers = answer.headers();
        String wait = Long.toString(seconds);
        // in the order of the documented sample, and with its capital letters
        headers.set(CONTENT_TYPE, GatewayResponses.JSON);
        headers.set(CONTENT_LENGTH, Integer.toString(answer.content().readableBytes()));
        headers.set(CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        if (quota) {
            headers.set(LIMIT, Integer.toString(limit.permits()));
            headers.set(REMAINING, NONE);
            headers.set(RESET, wait);
        }
        headers.set(RETRY_AFTER, wait);
        return answer;
    }

    @Override
    public void passing(
            HttpHeaders headers, UsagePlan plan, BitSet concerned, List<RemainingQuota> standings, long now) {}

    @Override
    public boolean tellsOnPassing() {
        return false;
    }
}
