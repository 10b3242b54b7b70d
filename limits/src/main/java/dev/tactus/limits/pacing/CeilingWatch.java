package dev.tactus.limits.pacing;

import dev.tactus.limits.Limit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Notices that a scope keeps another ceiling than when it was last looked at. Not thread-safe.
final class CeilingWatch {

    /// @param before empty where nothing was known
    record Change(String scope, Optional<Limit> before, Optional<Limit> now) {}

    private final Map<Scope, Optional<Limit>> seen = new HashMap<>();

    /// What has changed in these since they were last looked at; of a scope seen for the first time nothing has.
    List<Change> look(List<Scope> scopes) {
        List<Change> changes = List.of();
        for (Scope scope : scopes) {
            Optional<Limit> now = scope.inForce();
            Optional<Limit> before = seen.put(scope, now);
            if (before != null && !before.equals(now)) {
                changes = changes.isEmpty() ? new ArrayList<>() : changes;
                changes.add(new Change(scope.name(), before, now));
            }
        }
        return changes;
    }
}
