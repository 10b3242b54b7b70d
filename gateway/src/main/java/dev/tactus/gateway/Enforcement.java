package dev.tactus.gateway;

import dev.tactus.limits.Charge;
import dev.tactus.limits.KeyedLimiter;
import dev.tactus.limits.NamedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.Verdict;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;

/// Holds every application to its limits, in aggregate: a request passes all of them or is refused at once, and one
/// that is refused uses up none.
///
/// @param limiter what applications have used; the same one after a reload
/// @param clock nanoseconds since the epoch
record Enforcement(KeyedLimiter<String> limiter, Standings standings, Speech speech, Ticker clock) implements Policy {
    @Override
    public void arrived(Exchange exchange) {
        Identity.Application application = exchange.application();
        Identity.Metered metered = metered(application);
        Plan plan = metered.plan();
        Charge charge =
                plan.charge(exchange.request().method(), exchange.request().uri());
        long now = clock.nanos();
        Verdict verdict = limiter.decide(application.key(), charge, now);
        MinuteCounts counts = metered.meter().at(now);
        count(verdict, plan, charge, counts);
        switch (verdict) {
            case Verdict.Admitted admitted -> exchange.forward();
            case Verdict.Refused refused -> exchange.answer(speech.refusal(plan, refused, now));
        }
    }

    @Override
    public Answered answered(Exchange exchange, HttpResponse head) {
        if (speech.tellsOnPassing()) {
            Identity.Application application = exchange.application();
            Plan plan = metered(application).plan();
            long now = clock.nanos();
            List<dev.tactus.limits.Standing> left = limiter.standing(application.key(), plan.quota(), now);
            speech.passing(head.headers(), plan, left, now);
        }
        return Answered.PASS;
    }

    @Override
    public void ended(Exchange exchange) {}

    private Identity.Metered metered(Identity.Application application) {
        return standings.of(application.id()) == Standing.RESTRICTED ? application.restricted() : application.plan();
    }

    private static void count(Verdict verdict, Plan plan, Charge charge, MinuteCounts counts) {
        List<NamedLimit> limits = plan.quota().limits();
        boolean admitted = verdict instanceof Verdict.Admitted;
        if (admitted) {
            counts.admitted();
        } else if (verdict instanceof Verdict.Refused refused) {
            counts.refused(plan.indexOf(refused.deciding().limit()));
        }
        for (int i = 0; i < limits.size(); i++) {
            int cost = plan.cost(charge, i);
            if (cost > 0 && (admitted || plan.limits().get(i).countsRefused())) {
                counts.charged(i, cost);
            }
        }
        for (Verdict.Refusal shadow : verdict.shadow()) {
            counts.shadowed(plan.indexOf(shadow.limit()));
        }
    }
}
