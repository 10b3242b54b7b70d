package dev.tactus.gateway.enforcement;

import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.proxy.Exchange;
import dev.tactus.gateway.quota.AnswerCost;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.gateway.shared.SharedLimiter;
import dev.tactus.gateway.usage.MinuteCounter;
import dev.tactus.limits.metering.Charge;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.NamedLimit;
import dev.tactus.limits.metering.QuotaDecision;
import dev.tactus.limits.metering.RemainingQuota;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/// A request and the limits that it is held to: its application's, and those of the organization that this belongs to.
///
/// @param own the application's plan now
/// @param charge what it costs of that
/// @param told all limits, the organization's after its own
/// @param common what it costs of the organization's
record EnforcedRequest(
        Exchange exchange,
        RequestIdentity.Application application,
        RequestIdentity.Metered own,
        Charge charge,
        UsagePlan told,
        Optional<Charge> common) {
    /// More than that nobody is believed to have cost.
    private static final double MOST_COST = 100_000;

    static EnforcedRequest of(Exchange exchange, RequestIdentity.Metered own) {
        RequestIdentity.Application application = exchange.application();
        return new EnforcedRequest(
                exchange,
                application,
                own,
                charge(exchange, own.plan()),
                application.told(own),
                application
                        .group()
                        .map(of -> charge(exchange, of.organization().plan().plan())));
    }

    private static Charge charge(Exchange exchange, UsagePlan plan) {
        return plan.charge(exchange.request().method(), exchange.path());
    }

    /// The same for the store that several gateways share.
    SharedLimiter.SharedRequest shared() {
        return new SharedLimiter.SharedRequest(
                keys(), own.plan().limits().size(), told, common.isEmpty() ? charge : charge(exchange, told));
    }

    private RequestIdentity.Organization organization() {
        return application.group().orElseThrow().organization();
    }

    /// The keys by which use of the limits is kept, the application's first.
    private List<String> keys() {
        return common.isEmpty()
                ? List.of(application.key())
                : List.of(application.key(), organization().key());
    }

    QuotaDecision decide(KeyedLimiter<String> limiter, long now) {
        return common.isEmpty()
                ? limiter.decide(application.key(), charge, now)
                : limiter.decide(application.key(), charge, organization().key(), common.get(), now);
    }

    /// What is left of all limits.
    List<RemainingQuota> standing(KeyedLimiter<String> limiter, long now) {
        return standing(limiter, application, own.plan(), now);
    }

    /// Whether there is room for it in all limits that refuse.
    boolean fits(KeyedLimiter<String> limiter, long now) {
        List<RemainingQuota> left = standing(limiter, now);
        SharedLimiter.SharedRequest asked = shared();
        for (int i = 0; i < left.size(); i++) {
            int cost = told.cost(asked.charge(), i);
            if (cost > left.get(i).remaining() && !told.limits().get(i).shadow()) {
                return false;
            }
        }
        return true;
    }

    /// The same of an application.
    static List<RemainingQuota> standing(
            KeyedLimiter<String> limiter, RequestIdentity.Application application, UsagePlan own, long now) {
        List<RemainingQuota> left = limiter.standing(application.key(), own.quota(), now);
        if (application.group().isEmpty()) {
            return left;
        }
        RequestIdentity.Organization organization = application.group().get().organization();
        List<RemainingQuota> common =
                limiter.standing(organization.key(), organization.plan().plan().quota(), now);
        return Stream.concat(left.stream(), common.stream()).toList();
    }

    /// What its answer tells that it has cost, beyond what was charged, of each limit by which it is told.
    ///
    /// @param says what an answer tells in one of these places
    List<OwedCost> owed(Function<Optional<AnswerCost>, OptionalDouble> says) {
        List<OwedCost> owed = new ArrayList<>();
        owed(application.key(), own, charge, 0, says, owed);
        common.ifPresent(cost -> owed(
                organization().key(),
                organization().plan(),
                cost,
                own.plan().limits().size(),
                says,
                owed));
        return owed;
    }

    private static void owed(
            String key,
            RequestIdentity.Metered of,
            Charge charge,
            int before,
            Function<Optional<AnswerCost>, OptionalDouble> says,
            List<OwedCost> to) {
        for (int i = 0; of.plan().isCostTold() && i < of.plan().limits().size(); i++) {
            int charged = of.plan().cost(charge, i);
            OptionalDouble cost =
                    says.apply(of.plan().limits().get(i).upstream().answerCost());
            if (charged > 0 && cost.isPresent()) {
                int more = (int) Math.ceil(Math.min(MOST_COST, cost.getAsDouble())) - charged;
                if (more > 0) {
                    to.add(new OwedCost(key, of, i, before + i, more));
                }
            }
        }
    }

    /// What is charged to a limit once an answer has told it.
    ///
    /// @param key by which use of the limit is kept
    /// @param limit its place in that plan
    /// @param place its place among all limits
    record OwedCost(String key, RequestIdentity.Metered of, int limit, int place, int cost) {}

    /// Counts what became of it.
    void count(QuotaDecision decision, long now) {
        count(decision, own.plan(), charge, own.meter().at(now));
        common.ifPresent(cost -> count(
                decision,
                organization().plan().plan(),
                cost,
                organization().plan().meter().at(now)));
    }

    private static void count(QuotaDecision decision, UsagePlan plan, Charge charge, MinuteCounter counts) {
        List<NamedLimit> limits = plan.quota().limits();
        boolean admitted = decision instanceof QuotaDecision.Admitted;
        if (admitted) {
            counts.admitted();
        } else if (decision instanceof QuotaDecision.Refused refused) {
            NamedLimit deciding = refused.deciding().limit();
            if (plan.has(deciding)) {
                counts.refused(plan.indexOf(deciding));
            } else {
                counts.turnedBack();
            }
        }
        for (int i = 0; i < limits.size(); i++) {
            int cost = plan.cost(charge, i);
            if (cost > 0 && (admitted || plan.limits().get(i).countsRefused())) {
                counts.charged(i, cost);
            }
        }
        for (QuotaDecision.Refusal shadow : decision.shadow()) {
            if (plan.has(shadow.limit())) {
                counts.shadowed(plan.indexOf(shadow.limit()));
            }
        }
    }
}
