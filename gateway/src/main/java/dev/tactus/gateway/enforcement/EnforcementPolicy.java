package dev.tactus.gateway.enforcement;

import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.proxy.Exchange;
import dev.tactus.gateway.proxy.TrafficPolicy;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.gateway.state.ComplianceStatus;
import dev.tactus.gateway.usage.MinuteCounter;
import dev.tactus.gateway.violations.ComplianceStatuses;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.metering.Charge;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.NamedLimit;
import dev.tactus.limits.metering.QuotaDecision;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;

/// Holds every application to its limits, in aggregate: a request passes all of them or is refused at once, and one
/// that is refused uses up none.
public final class EnforcementPolicy implements TrafficPolicy {
    private final KeyedLimiter<String> limiter;
    private final ComplianceStatuses statuses;
    private final RateLimitHeaders rateLimitHeaders;
    private final Ticker clock;

    /// What it decides by.
    ///
    /// @param limiter what applications have used; the same one after a reload
    /// @param clock nanoseconds since the epoch
    public EnforcementPolicy(
            KeyedLimiter<String> limiter,
            ComplianceStatuses statuses,
            RateLimitHeaders rateLimitHeaders,
            Ticker clock) {
        this.limiter = limiter;
        this.statuses = statuses;
        this.rateLimitHeaders = rateLimitHeaders;
        this.clock = clock;
    }

    @Override
    public void arrived(Exchange exchange) {
        RequestIdentity.Application application = exchange.application();
        RequestIdentity.Metered metered = metered(application);
        UsagePlan plan = metered.plan();
        Charge charge =
                plan.charge(exchange.request().method(), exchange.request().uri());
        long now = clock.nanos();
        QuotaDecision decision = limiter.decide(application.key(), charge, now);
        MinuteCounter counts = metered.meter().at(now);
        count(decision, plan, charge, counts);
        switch (decision) {
            case QuotaDecision.Admitted admitted -> exchange.forward();
            case QuotaDecision.Refused refused -> exchange.answer(rateLimitHeaders.refusal(plan, refused, now));
        }
    }

    @Override
    public ResponseAction answered(Exchange exchange, HttpResponse head) {
        if (rateLimitHeaders.tellsOnPassing()) {
            RequestIdentity.Application application = exchange.application();
            UsagePlan plan = metered(application).plan();
            long now = clock.nanos();
            List<dev.tactus.limits.metering.RemainingQuota> left =
                    limiter.standing(application.key(), plan.quota(), now);
            rateLimitHeaders.passing(head.headers(), plan, left, now);
        }
        return ResponseAction.PASS;
    }

    @Override
    public void ended(Exchange exchange) {}

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
