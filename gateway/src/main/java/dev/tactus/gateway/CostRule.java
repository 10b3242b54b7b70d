package dev.tactus.gateway;

/// What a request on some routes costs, in permits; 0 is free.
public record CostRule(RouteMatch match, int cost) {
    public CostRule {
        if (cost < 0) {
            throw new IllegalArgumentException("a cost is 0 or more, not " + cost);
        }
    }
}
