package dev.tactus.limits.pacing;

import dev.tactus.limits.Feedback;

/// How a granted call ended.
sealed interface PermitOutcome {

    /// An answer came, a refusal included.
    record Answered(Feedback feedback) implements PermitOutcome {}

    /// Nobody knows whether the server saw it.
    record Lost() implements PermitOutcome {}

    /// It was never sent.
    record Unused() implements PermitOutcome {}
}
