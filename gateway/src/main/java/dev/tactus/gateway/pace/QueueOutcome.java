package dev.tactus.gateway.pace;

import java.time.Duration;

/// What becomes of a request that waits to leave for the upstream.
sealed interface QueueOutcome {

    /// It may leave now; the passage is told how it went.
    record Admitted(UpstreamPermit passage) implements QueueOutcome {}

    /// It won't leave.
    ///
    /// @param retryAfter when it is worth trying again
    record Rejected(Reason reason, Duration retryAfter, String detail) implements QueueOutcome {}

    /// Why a request doesn't leave.
    enum Reason {
        QUEUE_FULL,
        PATIENCE_OVER,
        /// The upstream has shut everybody out for longer than this caller waits.
        PENALTY,
        CLOSING
    }
}
