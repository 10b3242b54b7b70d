package dev.tactus.limits.metering;

import java.util.Arrays;

/// What a request costs at each limit of a plan; 0 where the limit does not apply to it.
///
/// Made from [QuotaPlan#charge], once for each sort of request, and used for all of them. Immutable.
public final class Charge {
    private final QuotaPlan plan;
    private final int[] costs;

    Charge(QuotaPlan plan, int[] costs) {
        this.plan = plan;
        this.costs = costs;
    }

    /// This charge with another cost at one limit.
    ///
    /// @param cost from 0 to the limit's [LimitKind#permits]; more could never be granted
    /// @throws IllegalArgumentException if the plan has no such limit or its kind can't take that cost
    public Charge withCost(String limit, int cost) {
        int at = plan.indexOf(limit);
        int most = plan.limits().get(at).kind().permits();
        if (cost < 0 || cost > most) {
            throw new IllegalArgumentException("a request costs from 0 to " + most + " at the limit \"" + limit + "\" ("
                    + plan.limits().get(at).kind() + "), not " + cost);
        }
        int[] changed = costs.clone();
        changed[at] = cost;
        return new Charge(plan, changed);
    }

    public QuotaPlan plan() {
        return plan;
    }

    /// The cost at the limit with that name.
    public int cost(String limit) {
        return costs[plan.indexOf(limit)];
    }

    int costAt(int place) {
        return costs[place];
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Charge charge && Arrays.equals(charge.costs, costs) && charge.plan.equals(plan));
    }

    @Override
    public int hashCode() {
        return 31 * plan.hashCode() + Arrays.hashCode(costs);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("charge[");
        for (int at = 0; at < costs.length; at++) {
            text.append(at == 0 ? "" : ", ")
                    .append(plan.limits().get(at).name())
                    .append('=')
                    .append(costs[at]);
        }
        return text.append(']').toString();
    }
}
