package dev.tactus.limits;

import java.time.Instant;
import java.util.Optional;

/// How one scope stands, for people and metrics.
///
/// @param scope `token` or a path prefix
/// @param ceiling the limit in force; empty while nothing is known
/// @param learned whether the ceiling was found out rather than configured
/// @param used calls that count in the last window, those without an answer included
/// @param share `used` as a share of the ceiling, 0 to 1; 0 while there is no ceiling
/// @param granted calls granted since the start
/// @param throttled refusals since the start that were blamed on this scope
/// @param pausedUntil end of the present pause
public record ScopeReport(
        String scope,
        Optional<Limit> ceiling,
        boolean learned,
        int used,
        double share,
        long granted,
        long throttled,
        Optional<Instant> pausedUntil) {
    /// Whether calls to this path count in this scope; see [ScopedLimit#covers].
    public boolean covers(String path) {
        return ScopedLimit.covers(scope, path);
    }
}
