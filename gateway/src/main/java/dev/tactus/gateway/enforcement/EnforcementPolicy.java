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
///
/// @param limiter what applications have used; the same one after a reload
/// @param clock nanoseconds since the epoch
public record EnforcementPolicy(
        KeyedLimiter<String> limiter, ComplianceStatuses standings, RateLimitHeaders speech, Ticker clock)
        implements TrafficPolicy {
    @Override
    public void arrived(Exchange exchange) {
        RequestIdentity.Application application = exchange.application();
        RequestIdentity.Metered metered = metered(application);
        UsagePlan plan = metered.plan();
        Charge charge =
                plan.charge(exchange.request().method(), exchange.request().uri());
        long now = clock.nanos();
        QuotaDecision verdict = limiter.decide(application.key(), charge, now);
        MinuteCounter counts = metered.meter().at(now);
        count(verdict, plan, charge, counts);
        switch (verdict) {
            case QuotaDecision.Admitted admitted -> exchange.forward();
            case QuotaDecision.Refused refused -> exchange.answer(speech.refusal(plan, refused, now));
        }
    }

    @Override
    public ResponseAction answered(Exchange exchange, HttpResponse head) {
        if (speech.tellsOnPassing()) {
            RequestIdentity.Application application = exchange.application();
            UsagePlan plan = metered(application).plan();
            long now = clock.nanos();
            List<dev.tactus.limits.metering.RemainingQuota> left =
                    limiter.standing(application.key(), plan.quota(), now);
            speech.passing(head.headers(), plan, left, now);
        }
        return ResponseAction.PASS;
    }

    @Override
    public void ended(Exchange exchange) {}

    private RequestIdentity.Metered metered(RequestIdentity.Application application) {
        return standings.of(application.id()) == ComplianceStatus.RESTRICTED
                ? application.restricted()
                : application.plan();
    }

    private static void count(QuotaDecision verdict, UsagePlan plan, Charge charge, MinuteCounter counts) {
        List<NamedLimit> limits = plan.quota().limits();
        boolean admitted = verdict instanceof QuotaDecision.Admitted;
        if (admitted) {
            counts.admitted();
        } else if (verdict instanceof QuotaDecision.Refused refused) {
            counts.refused(plan.indexOf(refused.deciding().limit()));
        }
        for (int i = 0; i < limits.size(); i++) {
            int cost = plan.cost(charge, i);
            if (cost > 0 && (admitted || plan.limits().get(i).countsRefused())) {
                counts.charged(i, cost);
            }
        }
        for (QuotaDecision.Refusal shadow : verdict.shadow()) {
            counts.shadowed(plan.indexOf(shadow.limit()));
        }
    }
}
