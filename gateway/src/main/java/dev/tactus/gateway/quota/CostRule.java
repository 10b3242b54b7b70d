package dev.tactus.gateway.quota;

/// What a request on some routes costs, in permits; 0 is free.
public record CostRule(RoutePattern match, int cost) {
    public CostRule {
        if (cost < 0) {
            throw new IllegalArgumentException("a cost is 0 or more, not " + cost);
        }
    }
}
