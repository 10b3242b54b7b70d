package dev.tactus.gateway;

import dev.tactus.limits.Charge;
import dev.tactus.limits.KeyedLimiter;
import dev.tactus.limits.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Says in pace mode what limits in shadow mode would have refused of what leaves. Thread-safe.
///
/// @param limiter what has been used; the same one after a reload
/// @param trials the limits in shadow mode of each plan
record ShadowTrials(KeyedLimiter<String> limiter, Map<Plan, Trial> trials) {
    private static final String EVERYBODY = "\n";

    /// @param shared those that hold for all callers together
    /// @param own those of each application
    private record Trial(Plan shared, Plan own) {
        static Trial of(Plan plan) {
            List<LimitSettings> shadows =
                    plan.limits().stream().filter(LimitSettings::shadow).toList();
            return new Trial(
                    new Plan(shadows.stream()
                            .filter(each -> !each.perApplication())
                            .toList()),
                    new Plan(shadows.stream()
                            .filter(LimitSettings::perApplication)
                            .toList()));
        }
    }

    static ShadowTrials none() {
        return new ShadowTrials(new KeyedLimiter<>(), new ConcurrentHashMap<>());
    }

    /// For another configuration, with what has been used.
    ShadowTrials again() {
        return new ShadowTrials(limiter, new ConcurrentHashMap<>());
    }

    void judge(Exchange exchange, String target, long now, MinuteCounts counts) {
        Plan plan = exchange.application().plan().plan();
        if (plan.limits().stream().anyMatch(LimitSettings::shadow)) {
            Trial trial = trials.computeIfAbsent(plan, Trial::of);
            judge(EVERYBODY, trial.shared(), plan, exchange, target, now, counts);
            judge(exchange.application().key(), trial.own(), plan, exchange, target, now, counts);
        }
    }

    private void judge(
            String key, Plan some, Plan all, Exchange exchange, String target, long now, MinuteCounts counts) {
        if (some.limits().isEmpty()) {
            return;
        }
        Charge charge = some.charge(exchange.request().method(), target);
        Verdict verdict = limiter.decide(key, charge, now);
        verdict.shadow().forEach(refusal -> counts.shadowed(all.indexOf(refusal.limit())));
    }
}
