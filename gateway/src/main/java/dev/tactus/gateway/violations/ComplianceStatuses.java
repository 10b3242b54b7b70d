package dev.tactus.gateway.violations;

import dev.tactus.gateway.state.ComplianceStatus;
import java.util.Map;

/// How every application stands, to be asked at each request: one volatile read and a look-up, never a lock.
///
/// Applications that nothing is held against are not in it. Thread-safe.
public final class ComplianceStatuses {
    private volatile Map<String, ComplianceStatus> others = Map.of();

    public ComplianceStatus of(String application) {
        return others.getOrDefault(application, ComplianceStatus.NORMAL);
    }

    /// Takes the place of all that was said before.
    public void set(Map<String, ComplianceStatus> standings) {
        others = Map.copyOf(standings);
    }
}
