package dev.tactus.limits.metering;

import java.util.ArrayList;
import java.util.List;

/// Several [NaiveLimit]s and the rules between them, as plainly as they can be written.
final class NaiveLimiter {
    final List<NaiveLimit> limits = new ArrayList<>();
    private long latest = Long.MIN_VALUE;

    NaiveLimiter(QuotaPlan plan) {
        plan.limits().forEach(limit -> limits.add(new NaiveLimit(limit)));
    }

    QuotaDecision decide(Charge charge, long told) {
        latest = Math.max(latest, told);
        long now = latest;
        List<NaiveLimit> full = limits.stream()
                .filter(each -> cost(charge, each) > 0 && !each.hasRoom(now, cost(charge, each)))
                .toList();
        boolean refused = full.stream().anyMatch(each -> !each.limit.isShadow());
        for (NaiveLimit each : limits) {
            boolean passes = !refused && !full.contains(each);
            if (cost(charge, each) > 0 && (passes || each.limit.countsRefused())) {
                each.charged.add(new NaiveLimit.Charged(now, cost(charge, each)));
            }
        }
        List<QuotaDecision.Refusal> enforced = refusals(full, charge, now, NamedLimit.Enforcement.ENFORCED);
        List<QuotaDecision.Refusal> shadow = refusals(full, charge, now, NamedLimit.Enforcement.SHADOW);
        long retryAt = limits.stream()
                .filter(each -> !each.limit.isShadow() && cost(charge, each) > 0)
                .mapToLong(each -> each.hasRoom(now, cost(charge, each)) ? now : each.readyAt(now, cost(charge, each)))
                .max()
                .orElse(now);
        return refused ? new QuotaDecision.Refused(retryAt, enforced, shadow) : new QuotaDecision.Admitted(shadow);
    }

    private static List<QuotaDecision.Refusal> refusals(
            List<NaiveLimit> full, Charge charge, long now, NamedLimit.Enforcement enforcement) {
        return full.stream()
                .filter(each -> each.limit.enforcement() == enforcement)
                .map(each -> new QuotaDecision.Refusal(each.limit, each.readyAt(now, cost(charge, each))))
                .toList();
    }

    private static int cost(Charge charge, NaiveLimit limit) {
        return charge.cost(limit.limit.name());
    }

    List<RemainingQuota> standing(long told) {
        latest = Math.max(latest, told);
        return limits.stream().map(each -> standing(each, latest)).toList();
    }

    private static RemainingQuota standing(NaiveLimit each, long now) {
        int permits = each.limit.kind().permits();
        int free = each.free(now);
        long fullAt = fullAt(each, permits, now);
        long nextAt = fullAt == now ? now : free == permits ? fullAt : each.readyAt(now, free + 1);
        return new RemainingQuota(each.limit, permits, free, nextAt, fullAt);
    }

    private static long fullAt(NaiveLimit each, int permits, long now) {
        return each.free(now) == permits ? now : each.readyAt(now, permits);
    }
}
