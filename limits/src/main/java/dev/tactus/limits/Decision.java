package dev.tactus.limits;

/// The core's answer to "may one more call of this class go now?".
sealed interface Decision {

    /// It may.
    record Go() implements Decision {}

    /// Not before then; {@link PacedLimit#NEVER}: not before an answer has come.
    record NotBefore(long nanos) implements Decision {}

    /// The scope rests for longer than callers wait.
    record Resting(Scope scope) implements Decision {}
}
