package dev.tactus.limits.pacing;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// What a caller who entered a [Pacer] is told in the end: an [Admission], or why there is none.
public sealed interface PacerReply permits Admission, PacerReply.Late, PacerReply.Closed {

    /// The caller's patience was over before its turn came. Nothing is held.
    ///
    /// @param waited how long the caller stood in line
    record Late(Duration waited) implements PacerReply {

        TimeoutException asTimeout(CallRequest request) {
            return new TimeoutException(
                    request.path() + " had no turn within " + request.patience().toMillis() + " ms");
        }
    }

    /// The pacer was closed. Nothing is held.
    record Closed() implements PacerReply {}
}
