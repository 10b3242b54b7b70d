package dev.tactus.limits.pacing;

import java.time.Duration;

/// What a caller who entered a [Pacer] is told in the end: an [Admission], or why there is none.
public sealed interface PacerReply permits Admission, PacerReply.Late, PacerReply.Closed {

    /// The caller's patience was over before its turn came. Nothing is held.
    ///
    /// @param waited how long the caller stood in line
    record Late(Duration waited) implements PacerReply {}

    /// The pacer was closed. Nothing is held.
    record Closed() implements PacerReply {}
}
