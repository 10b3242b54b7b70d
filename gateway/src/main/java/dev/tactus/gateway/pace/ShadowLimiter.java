package dev.tactus.gateway.pace;

import dev.tactus.gateway.proxy.Exchange;
import dev.tactus.gateway.quota.LimitSettings;
import dev.tactus.gateway.quota.QuotaPartition;
import dev.tactus.gateway.quota.UsagePlan;
import dev.tactus.gateway.usage.MinuteCounter;
import dev.tactus.limits.metering.Charge;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.QuotaDecision;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Says in pace mode what limits in shadow mode would have refused of what leaves. Thread-safe.
final class ShadowLimiter {
    private static final String EVERYBODY = "\n";

    private final KeyedLimiter<String> limiter;
    private final Map<UsagePlan, ShadowPlans> shadowPlans = new ConcurrentHashMap<>();

    /// @param limiter what has been used; the same one after a reload
    ShadowLimiter(KeyedLimiter<String> limiter) {
        this.limiter = limiter;
    }

    /// @param shared those that hold for all callers together
    /// @param own those of each application
    /// @param token those of each token
    private record ShadowPlans(UsagePlan shared, UsagePlan own, UsagePlan token) {
        static ShadowPlans of(UsagePlan plan) {
            return new ShadowPlans(
                    some(plan, QuotaPartition.ALL),
                    some(plan, QuotaPartition.APPLICATION),
                    some(plan, QuotaPartition.TOKEN));
        }

        private static UsagePlan some(UsagePlan plan, QuotaPartition partition) {
            return new UsagePlan(plan.limits().stream()
                    .filter(limit -> limit.shadow() && limit.partition() == partition)
                    .toList());
        }
    }

    /// For another configuration, with what has been used.
    ShadowLimiter again() {
        return new ShadowLimiter(limiter);
    }

    void judge(Exchange exchange, String target, long now, MinuteCounter counts) {
        UsagePlan plan = exchange.application().plan().plan();
        if (plan.limits().stream().anyMatch(LimitSettings::shadow)) {
            ShadowPlans shadow = shadowPlans.computeIfAbsent(plan, ShadowPlans::of);
            judge(EVERYBODY, shadow.shared(), plan, exchange, target, now, counts);
            judge(exchange.application().key(), shadow.own(), plan, exchange, target, now, counts);
            if (!shadow.token().limits().isEmpty()) {
                String token = "\t" + TokenDigest.of(exchange.request().headers());
                judge(token, shadow.token(), plan, exchange, target, now, counts);
            }
        }
    }

    private void judge(
            String key,
            UsagePlan some,
            UsagePlan all,
            Exchange exchange,
            String target,
            long now,
            MinuteCounter counts) {
        if (some.limits().isEmpty()) {
            return;
        }
        Charge charge = some.charge(exchange.request().method(), target);
        QuotaDecision decision = limiter.decide(key, charge, now);
        decision.shadow().forEach(refusal -> counts.shadowed(all.indexOf(refusal.limit())));
    }
}
