package dev.tactus.gateway.enforcement;

import dev.tactus.gateway.http.GatewayResponses;
import dev.tactus.gateway.http.HttpProblem;
import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.proxy.Exchange;
import dev.tactus.gateway.proxy.SubscriptionLink;
import dev.tactus.gateway.proxy.TrafficPolicy;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.gateway.shared.SharedLimiter;
import dev.tactus.gateway.state.ComplianceStatus;
import dev.tactus.gateway.usage.MinuteCounter;
import dev.tactus.gateway.violations.ComplianceStatuses;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.metering.Charge;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.NamedLimit;
import dev.tactus.limits.metering.QuotaDecision;
import dev.tactus.limits.metering.RemainingQuota;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

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
        RequestIdentity.Application application = exchange.application();
        UsagePlan plan = metered(application).plan();
        Charge charge =
                plan.charge(exchange.request().method(), exchange.request().uri());
        if (shared.isEmpty() || plan.limits().isEmpty()) {
            alone(exchange, plan, charge);
            return;
        }
        SharedLimiter all = shared.get();
        long now = clock.nanos();
        all.decide(exchange.loop(), application.key(), plan, charge, now, outcome -> {
            if (exchange.isOver()) {
                return;
            }
            if (outcome.isPresent()) {
                together(exchange, plan, charge, outcome.get(), now);
            } else if (all.refusesWhenLost()) {
                FullHttpResponse answer = GatewayResponses.problem(HttpProblem.of(
                        HttpResponseStatus.SERVICE_UNAVAILABLE, "the store of the shared quota cannot be reached"));
                answer.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
                exchange.answer(answer);
            } else {
                alone(exchange, plan, charge);
            }
        });
    }

    private void together(
            Exchange exchange, UsagePlan plan, Charge charge, SharedLimiter.SharedDecision outcome, long now) {
        if (outcome.decision() instanceof QuotaDecision.Admitted) {
            // so that this gateway knows what it let through when it is on its own
            limiter.decide(exchange.application().key(), charge, now);
        }
        if (warnsAt.isPresent()) {
            watch.decided(exchange.application(), plan, outcome.standings());
        }
        if (rateLimitHeaders.tellsOnPassing()) {
            standings.put(exchange, outcome.standings());
        }
        take(exchange, plan, charge, outcome.decision(), now);
    }

    private void alone(Exchange exchange, UsagePlan plan, Charge charge) {
        long now = clock.nanos();
        if (warnsAt.isPresent()) {
            watch.decided(exchange.application(), plan);
        }
        take(exchange, plan, charge, limiter.decide(exchange.application().key(), charge, now), now);
    }

    private void take(Exchange exchange, UsagePlan plan, Charge charge, QuotaDecision decision, long now) {
        count(decision, plan, charge, metered(exchange.application()).meter().at(now));
        switch (decision) {
            case QuotaDecision.Admitted admitted -> exchange.forward();
            case QuotaDecision.Refused refused -> {
                FullHttpResponse refusal = rateLimitHeaders.refusal(plan, refused, now);
                SubscriptionLink.add(exchange, refusal);
                exchange.answer(refusal);
            }
        }
    }

    @Override
    public ResponseAction answered(Exchange exchange, HttpResponse head) {
        if (rateLimitHeaders.tellsOnPassing()) {
            RequestIdentity.Application application = exchange.application();
            UsagePlan plan = metered(application).plan();
            long now = clock.nanos();
            List<RemainingQuota> known = standings.get(exchange);
            List<RemainingQuota> left = known == null ? limiter.standing(application.key(), plan.quota(), now) : known;
            if (left.size() == plan.limits().size()) { // not where a restriction came in between
                rateLimitHeaders.passing(head.headers(), plan, left, now);
                warnsAt.ifPresent(at -> watch.warn(head.headers(), application, plan, left, at, now));
            }
        }
        return ResponseAction.PASS;
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

    private static void count(QuotaDecision decision, UsagePlan plan, Charge charge, MinuteCounter counts) {
        List<NamedLimit> limits = plan.quota().limits();
        boolean admitted = decision instanceof QuotaDecision.Admitted;
        if (admitted) {
            counts.admitted();
        } else if (decision instanceof QuotaDecision.Refused refused) {
            counts.refused(plan.indexOf(refused.deciding().limit()));
        }
        for (int i = 0; i < limits.size(); i++) {
            int cost = plan.cost(charge, i);
            if (cost > 0 && (admitted || plan.limits().get(i).countsRefused())) {
                counts.charged(i, cost);
            }
        }
        for (QuotaDecision.Refusal shadow : decision.shadow()) {
            counts.shadowed(plan.indexOf(shadow.limit()));
        }
    }
}
