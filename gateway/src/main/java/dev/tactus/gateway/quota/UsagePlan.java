package dev.tactus.gateway.quota;

import dev.tactus.gateway.usage.MeteredLimit;
import dev.tactus.limits.metering.Charge;
import dev.tactus.limits.metering.NamedLimit;
import dev.tactus.limits.metering.QuotaPlan;
import io.netty.handler.codec.http.HttpMethod;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The limits that hold together for an application, and what a request costs at each of them. Thread-safe.
public final class UsagePlan {
    private final List<LimitSettings> limits;
    private final QuotaPlan quota;
    private final List<MeteredLimit> metered;
    private final RouteMatcher routes;
    private final Charge ordinary;
    private final int[] ordinaryCosts;
    private final BitSet everyLimit = new BitSet();
    private final boolean everyLimitAlways;
    private final boolean costToldInBody;
    private final boolean costTold;
    private final Map<Long, Charge> charges = new ConcurrentHashMap<>();

    public UsagePlan(List<LimitSettings> limits) {
        this.limits = List.copyOf(limits);
        quota = QuotaPlan.of(limits.stream().map(LimitSettings::named).toList());
        metered = limits.stream()
                .map(limit -> new MeteredLimit(limit.name(), limit.limit()))
                .toList();
        routes = new RouteMatcher(limits.stream()
                .flatMap(limit -> Stream.concat(
                        Stream.of(limit.match()), limit.costs().stream().map(CostRule::match)))
                .filter(route -> !route.equals(RoutePattern.ALL))
                .distinct()
                .toList());
        ordinary = charge(0);
        everyLimit.set(0, limits.size());
        everyLimitAlways = limits.stream().allMatch(limit -> limit.match().equals(RoutePattern.ALL));
        costTold =
                limits.stream().anyMatch(limit -> limit.upstream().answerCost().isPresent());
        costToldInBody = limits.stream()
                .anyMatch(limit -> limit.upstream().answerCost().orElse(null) instanceof AnswerCost.Body);
        ordinaryCosts =
                limits.stream().mapToInt(limit -> ordinary.cost(limit.name())).toArray();
    }

    public UsagePlan restrictedTo(BigDecimal share) {
        return new UsagePlan(
                limits.stream().map(limit -> limit.restrictedTo(share)).toList());
    }

    public QuotaPlan quota() {
        return quota;
    }

    public List<LimitSettings> limits() {
        return limits;
    }

    /// The limits as usage names them, in the plan's order.
    public List<MeteredLimit> metered() {
        return metered;
    }

    /// What a request costs.
    ///
    /// @param target in origin form
    public Charge charge(HttpMethod method, String target) {
        if (routes.isEmpty()) {
            return ordinary;
        }
        long[] readings = routes.readings(method, target);
        return readings.length == 1 ? charges.computeIfAbsent(readings[0], this::charge) : dearest(readings);
    }

    /// The places of the limits that hold for a request, in any way of reading its path.
    public BitSet concerned(HttpMethod method, String target) {
        if (everyLimitAlways) {
            return (BitSet) everyLimit.clone();
        }
        long matching = routes.matching(method, target);
        BitSet concerned = new BitSet(limits.size());
        for (int i = 0; i < limits.size(); i++) {
            concerned.set(i, isOn(limits.get(i).match(), matching));
        }
        return concerned;
    }

    /// A request's path as it is paced by; see [RouteMatcher#strictest].
    public String pacedPath(HttpMethod method, String target) {
        return routes.strictest(method, target);
    }

    /// Of a path that can be read in several ways, what costs most at each limit.
    private Charge dearest(long[] readings) {
        Charge charge = quota.charge();
        for (LimitSettings limit : limits) {
            int cost = 0;
            for (long matching : readings) {
                cost = Math.max(cost, cost(limit, matching));
            }
            charge = charge.withCost(limit.name(), cost);
        }
        return charge;
    }

    /// What a charge takes from a limit.
    @SuppressWarnings("ReferenceEquality") // equals looks at the whole plan; nearly every charge is this very one
    public int cost(Charge charge, int limit) {
        return charge == ordinary
                ? ordinaryCosts[limit]
                : charge.cost(limits.get(limit).name());
    }

    /// Whether answers tell of any of the limits what a request has cost.
    public boolean isCostTold() {
        return costTold;
    }

    /// Whether they tell it in their bodies.
    public boolean isCostToldInBody() {
        return costToldInBody;
    }

    /// What a limit's remainder counts down from; 0 where there is no such limit.
    public int permits(String limit) {
        return quota.limits().stream()
                .filter(each -> each.name().equals(limit))
                .mapToInt(each -> each.kind().permits())
                .findFirst()
                .orElse(0);
    }

    /// Whether a limit that the engine named is one of these.
    public boolean has(NamedLimit limit) {
        return quota.limits().stream().anyMatch(each -> each.name().equals(limit.name()));
    }

    /// The place of a limit that the engine named.
    public int indexOf(NamedLimit limit) {
        List<NamedLimit> all = quota.limits();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().equals(limit.name())) {
                return i;
            }
        }
        throw new IllegalStateException("no limit " + limit.name() + " in " + quota);
    }

    private Charge charge(long matching) {
        Charge charge = quota.charge();
        for (LimitSettings limit : limits) {
            charge = charge.withCost(limit.name(), cost(limit, matching));
        }
        return charge;
    }

    private int cost(LimitSettings limit, long matching) {
        if (!isOn(limit.match(), matching)) {
            return 0;
        }
        List<CostRule> rules = new ArrayList<>(limit.costs());
        rules.add(new CostRule(RoutePattern.ALL, limit.cost()));
        return rules.stream()
                .filter(rule -> isOn(rule.match(), matching))
                .findFirst()
                .orElseThrow()
                .cost();
    }

    private boolean isOn(RoutePattern route, long matching) {
        return route.equals(RoutePattern.ALL) || (matching >> routes.indexOf(route) & 1) == 1;
    }
}
