package dev.tactus.limits;

/// How many calls may be under way at once.
///
/// @param scope the calls it holds for, as in [ScopedLimit]
/// @param calls at least 1
public record InFlightLimit(String scope, int calls) {
    public InFlightLimit {
        ScopedLimit.requireScope(scope);
        if (calls < 1) {
            throw new IllegalArgumentException("at least 1 call has to be allowed in flight, not " + calls);
        }
    }
}
