package dev.tactus.limits.pacing;

/// The core's answer to "may one more call of this class go now?".
sealed interface PacingDecision {

    /// It may.
    record Go() implements PacingDecision {}

    /// Not before then; {@link PacedLimit#NEVER}: not before an answer has come.
    record NotBefore(long nanos) implements PacingDecision {}

    /// The scope rests for longer than callers wait.
    record Resting(Scope scope) implements PacingDecision {}
}
