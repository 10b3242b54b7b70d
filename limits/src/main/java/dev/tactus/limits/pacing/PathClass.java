package dev.tactus.limits.pacing;

import java.util.List;

/// The calls that are charged to the same scopes.
final class PathClass {
    private final String name;
    private final List<Scope> scopes;

    /// @param name the longest prefix they match, or `token`
    /// @param scopes every scope they are charged to, the token first, the narrowest last
    PathClass(String name, List<Scope> scopes) {
        this.name = name;
        this.scopes = List.copyOf(scopes);
    }

    String name() {
        return name;
    }

    List<Scope> scopes() {
        return scopes;
    }

    Scope narrowest() {
        return scopes.getLast();
    }

    /// Whether some scope paces these calls, so that an unknown one is approached slowly anyway.
    boolean paced() {
        return scopes.stream().anyMatch(scope -> scope.inForce().isPresent());
    }
}
