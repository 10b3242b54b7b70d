package dev.tactus.gateway;

import java.time.Duration;

/// What becomes of a request that waits to leave for the upstream.
sealed interface Turn {

    /// It may leave now; the passage is told how it went.
    record Go(Passage passage) implements Turn {}

    /// It won't leave.
    ///
    /// @param retryAfter when it is worth trying again
    record No(Reason reason, Duration retryAfter, String detail) implements Turn {}

    /// Why a request doesn't leave.
    enum Reason {
        QUEUE_FULL,
        PATIENCE_OVER,
        /// The upstream has shut everybody out for longer than this caller waits.
        PENALTY,
        CLOSING
    }
}
