package dev.tactus.limits.observation;

/// How a call that was granted ended.
public enum CallOutcome {
    /// It was served, or failed for what it asked.
    ACCEPTED,
    /// It was refused for its rate.
    REFUSED,
    /// It met an overload, or a refusal for its rate: what follows tells.
    DOUBTFUL,
    /// Its answer says nothing about limits.
    SILENT,
    /// Nobody knows whether the server saw it.
    LOST,
    /// It was never sent.
    UNUSED
}
