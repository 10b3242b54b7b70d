package dev.tactus.gateway.enforcement;

import dev.tactus.gateway.http.GatewayResponses;
import dev.tactus.gateway.http.HttpProblem;
import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.proxy.Exchange;
import dev.tactus.gateway.proxy.SubscriptionLink;
import dev.tactus.gateway.proxy.TrafficPolicy;
import dev.tactus.gateway.quota.AnswerCost;
import dev.tactus.gateway.quota.AnswerCostReader;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.gateway.shared.SharedLimiter;
import dev.tactus.gateway.state.ComplianceStatus;
import dev.tactus.gateway.violations.ComplianceStatuses;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.QuotaDecision;
import dev.tactus.limits.metering.RemainingQuota;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Holds every application to its limits, in aggregate: a request passes all of them or is refused at once, and one
/// that is refused uses up none.
public final class EnforcementPolicy implements TrafficPolicy {
    private final KeyedLimiter<String> limiter;
    private final ComplianceStatuses statuses;
    private final RateLimitHeaders rateLimitHeaders;
    private final Ticker clock;
    private final Optional<SharedLimiter> shared;
    private final QuotaWatch watch;
    private final OptionalDouble warnsAt;
    /// what the store said of each exchange that is under way
    private final Map<Exchange, List<RemainingQuota>> standings = new ConcurrentHashMap<>();

    /// What it decides by.
    ///
    /// @param limiter what applications have used; the same one after a reload
    /// @param clock nanoseconds since the epoch
    /// @param shared decides for several gateways together
    /// @param watch is told who was decided on
    /// @param warnsAt from which share of a quota on answers warn
    public EnforcementPolicy(
            KeyedLimiter<String> limiter,
            ComplianceStatuses statuses,
            RateLimitHeaders rateLimitHeaders,
            Ticker clock,
            Optional<SharedLimiter> shared,
            QuotaWatch watch,
            OptionalDouble warnsAt) {
        this.shared = shared;
        this.watch = watch;
        this.warnsAt = warnsAt;
        this.limiter = limiter;
        this.statuses = statuses;
        this.rateLimitHeaders = rateLimitHeaders;
        this.clock = clock;
    }

    @Override
    public void arrived(Exchange exchange) {
        EnforcedRequest asked = EnforcedRequest.of(exchange, metered(exchange.application()));
        if (shared.isEmpty() || asked.told().limits().isEmpty()) {
            alone(asked);
            return;
        }
        SharedLimiter all = shared.get();
        long now = clock.nanos();
        if (all.isCatchingUp(asked.told()) && !asked.fits(limiter, now)) {
            alone(asked); // what this gateway has let through by itself is used up, whatever the store knows of it
            return;
        }
        all.decide(exchange.loop(), asked.shared(), now, outcome -> {
            if (exchange.isOver()) {
                return;
            }
            if (outcome.isPresent()) {
                together(asked, outcome.get(), now);
            } else if (all.refusesWhenLost()) {
                FullHttpResponse answer = GatewayResponses.problem(HttpProblem.of(
                        HttpResponseStatus.SERVICE_UNAVAILABLE, "the store of the shared quota cannot be reached"));
                answer.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
                exchange.answer(answer);
            } else {
                alone(asked);
            }
        });
    }

    private void together(EnforcedRequest asked, SharedLimiter.SharedDecision outcome, long now) {
        if (outcome.decision() instanceof QuotaDecision.Admitted) {
            // so that this gateway knows what it let through when it is on its own
            asked.decide(limiter, now);
            shared.filter(all -> all.isCatchingUp(asked.told()))
                    .ifPresent(all -> all.catchUp(
                            asked.exchange().loop(),
                            asked.shared(),
                            asked.standing(limiter, now),
                            outcome.standings()));
        }
        if (warnsAt.isPresent()) {
            watch.decided(asked.application(), asked.own(), Optional.of(outcome.standings()));
        }
        if (rateLimitHeaders.tellsOnPassing()) {
            standings.put(asked.exchange(), outcome.standings());
        }
        take(asked, outcome.decision(), now);
    }

    private void alone(EnforcedRequest asked) {
        long now = clock.nanos();
        if (warnsAt.isPresent()) {
            watch.decided(asked.application(), asked.own(), Optional.empty());
        }
        take(asked, asked.decide(limiter, now), now);
    }

    private void take(EnforcedRequest asked, QuotaDecision decision, long now) {
        asked.count(decision, now);
        switch (decision) {
            case QuotaDecision.Admitted admitted -> asked.exchange().forward();
            case QuotaDecision.Refused refused -> {
                FullHttpResponse refusal =
                        rateLimitHeaders.refusal(asked.told(), concerned(asked.exchange(), asked.told()), refused, now);
                SubscriptionLink.add(asked.exchange(), refusal);
                asked.exchange().answer(refusal);
            }
        }
    }

    @Override
    public ResponseAction answered(Exchange exchange, HttpResponse head) {
        UsagePlan told = exchange.application().told(metered(exchange.application()));
        if (told.isCostTold()) {
            if (told.isCostToldInBody()
                    && !exchange.isToHead()
                    && AnswerCostReader.mayBeIn(head.headers(), AnswerCostReader.MOST_BYTES)) {
                return ResponseAction.LOOK;
            }
            settle(exchange, place -> AnswerCostReader.inHead(place, head.headers()));
        }
        tell(exchange, head.headers());
        return ResponseAction.PASS;
    }

    @Override
    public int mostLookedAt() {
        return AnswerCostReader.MOST_BYTES;
    }

    @Override
    public ResponseAction looked(Exchange exchange, HttpResponse head, Optional<ByteBuf> body) {
        settle(exchange, place -> {
            OptionalDouble inHead = AnswerCostReader.inHead(place, head.headers());
            return inHead.isPresent() || body.isEmpty() ? inHead : AnswerCostReader.inBody(place, body.get());
        });
        tell(exchange, head.headers());
        return ResponseAction.PASS;
    }

    /// Charges what an answer tells that its request has cost beyond what was charged, whether there is room or not.
    private void settle(Exchange exchange, Function<Optional<AnswerCost>, OptionalDouble> says) {
        EnforcedRequest asked = EnforcedRequest.of(exchange, metered(exchange.application()));
        long now = clock.nanos();
        for (EnforcedRequest.OwedCost owed : asked.owed(says)) {
            UsagePlan plan = owed.of().plan();
            limiter.owe(
                    owed.key(), plan.quota(), plan.limits().get(owed.limit()).name(), owed.cost(), now);
            owed.of().meter().at(now).charged(owed.limit(), owed.cost());
            shared.ifPresent(all -> all.owe(exchange.loop(), asked.shared(), owed.place(), owed.cost()));
        }
    }

    private void tell(Exchange exchange, HttpHeaders headers) {
        if (!rateLimitHeaders.tellsOnPassing()) {
            return;
        }
        RequestIdentity.Application application = exchange.application();
        RequestIdentity.Metered own = metered(application);
        UsagePlan told = application.told(own);
        long now = clock.nanos();
        List<RemainingQuota> known = standings.get(exchange);
        List<RemainingQuota> left =
                known == null ? EnforcedRequest.standing(limiter, application, own.plan(), now) : known;
        if (left.size() == told.limits().size()) { // not where a restriction came in between
            rateLimitHeaders.passing(headers, told, concerned(exchange, told), left, now);
            warnsAt.ifPresent(at -> watch.warn(headers, application, told, left, at, now));
        }
    }

    private static BitSet concerned(Exchange exchange, UsagePlan told) {
        return told.concerned(exchange.request().method(), exchange.path());
    }

    @Override
    public void ended(Exchange exchange) {
        standings.remove(exchange);
    }

    private RequestIdentity.Metered metered(RequestIdentity.Application application) {
        return statuses.of(application.id()) == ComplianceStatus.RESTRICTED
                ? application.restricted()
                : application.plan();
    }
}
