package dev.tactus.limits;

import java.time.Duration;

/// What a caller who entered a {@link Pacer} is told in the end: an {@link Admission}, or why there is none.
public sealed interface Reply permits Admission, Reply.Late, Reply.Closed {

    /// The caller's patience was over before its turn came. Nothing is held.
    ///
    /// @param waited how long the caller stood in line
    record Late(Duration waited) implements Reply {}

    /// The pacer was closed. Nothing is held.
    record Closed() implements Reply {}
}
