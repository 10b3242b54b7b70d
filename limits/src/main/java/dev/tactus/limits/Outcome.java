package dev.tactus.limits;

/// How a granted call ended.
sealed interface Outcome {

    /// An answer came, a refusal included.
    record Answered(Feedback feedback) implements Outcome {}

    /// Nobody knows whether the server saw it.
    record Lost() implements Outcome {}

    /// It was never sent.
    record Unused() implements Outcome {}
}
