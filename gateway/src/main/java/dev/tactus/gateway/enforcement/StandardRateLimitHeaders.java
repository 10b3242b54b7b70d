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
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// `RateLimit-Policy` and `RateLimit` as structured fields (IETF httpapi draft 11) on every answer; a refusal adds
/// `Retry-After` and is a problem (RFC 9457) that names the violated policies. Shadow limits are not told of, nor
/// those that don't hold for the request.
record StandardRateLimitHeaders(Optional<RefusalTemplate> body) implements RateLimitHeaders {
    private static final AsciiString POLICY = AsciiString.cached("RateLimit-Policy");
    private static final AsciiString RATE_LIMIT = AsciiString.cached("RateLimit");
    private static final String TYPE = "https://iana.org/assignments/http-problem-types#quota-exceeded";

    @Override
    public FullHttpResponse refusal(UsagePlan plan, BitSet concerned, QuotaDecision.Refused refused, long now) {
        QuotaDecision.Refusal deciding = refused.deciding();
        LimitSettings limit = plan.limits().get(plan.indexOf(deciding.limit()));
        long seconds = RateLimitHeaders.seconds(deciding.waitNanos(now));
        FullHttpResponse answer = body.map(own -> GatewayResponses.with(
                        HttpResponseStatus.TOO_MANY_REQUESTS, GatewayResponses.JSON, own.bytes(limit, seconds)))
                .orElseGet(() -> GatewayResponses.with(
                        HttpResponseStatus.TOO_MANY_REQUESTS, GatewayResponses.PROBLEM, problem(refused, seconds)));
        HttpHeaders headers = answer.headers();
        headers.set(POLICY, policy(plan, concerned));
        headers.set(
                RATE_LIMIT,
                refused.refusals().stream()
                        .sorted(Comparator.comparingLong(QuotaDecision.Refusal::retryAtNanos)
                                .reversed())
                        .map(one -> item(one.limit().name(), 0, RateLimitHeaders.seconds(one.waitNanos(now))))
                        .collect(Collectors.joining(", ")));
        headers.set(HttpHeaderNames.RETRY_AFTER, Long.toString(seconds));
        return answer;
    }

    @Override
    public void passing(
            HttpHeaders headers, UsagePlan plan, BitSet concerned, List<RemainingQuota> standings, long now) {
        StringBuilder all = new StringBuilder(40);
        for (int i = 0; i < standings.size(); i++) {
            if (RateLimitHeaders.concerns(plan, i, concerned)) {
                RemainingQuota standing = standings.get(i);
                all.append(all.isEmpty() ? "" : ", ")
                        .append(item(standing.limit().name(), standing.remaining(), reset(standing, now)));
            }
        }
        if (!all.isEmpty()) {
            headers.set(POLICY, policy(plan, concerned));
            headers.set(RATE_LIMIT, all.toString());
        }
    }

    @Override
    public boolean tellsOnPassing() {
        return true;
    }

    /// When the next permit comes if there is none, else when all are there again.
    static long reset(RemainingQuota standing, long now) {
        return RateLimitHeaders.seconds(
                (standing.remaining() == 0 ? standing.nextAtNanos() : standing.fullAtNanos()) - now);
    }

    private static String item(String name, int remaining, long seconds) {
        return "\"" + name + "\";r=" + remaining + ";t=" + seconds;
    }

    private static String policy(UsagePlan plan, BitSet concerned) {
        return IntStream.range(0, plan.limits().size())
                .filter(i -> RateLimitHeaders.concerns(plan, i, concerned))
                .mapToObj(plan.limits()::get)
                .map(limit -> "\"" + limit.name() + "\";q=" + limit.permits() + ";w="
                        + RateLimitHeaders.seconds(limit.window().toNanos()))
                .collect(Collectors.joining(", "));
    }

    private static byte[] problem(QuotaDecision.Refused refused, long seconds) {
        String violated = refused.refusals().stream()
                .map(one -> GatewayResponses.quoted(one.limit().name()))
                .collect(Collectors.joining(","));
        String text = "{\"type\":\"" + TYPE + "\",\"title\":\"Too Many Requests\",\"status\":429,\"detail\":"
                + GatewayResponses.quoted(
                        "limit " + refused.deciding().limit().name() + " exceeded; try again in " + seconds + " s")
                + ",\"violated-policies\":[" + violated + "]}\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
