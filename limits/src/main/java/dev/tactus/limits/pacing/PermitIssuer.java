package dev.tactus.limits.pacing;

import dev.tactus.limits.ScopeReport;
import java.util.List;

/// Whoever says when a call may be sent: a [Pacer], or somebody who asks that of another process.
public interface PermitIssuer {
    /// Waits until a call to `path` may be sent.
    ///
    /// @param path the path of the call; a query is ignored
    /// @throws InterruptedException if interrupted while waiting; nothing is held then
    Admission acquire(String path) throws InterruptedException;

    /// How each scope stands, as far as is known here.
    List<ScopeReport> report();
}
