package dev.tactus.source.response;

/// Why work is postponed instead of being waited for.
public enum ParkReason {
    /// The DSP closed a scope for longer than a thread should wait.
    PENALTY,
    /// One request was throttled again and again although the pacer waited as long as the responses said.
    THROTTLED,
    /// The request failed as often as the retry settings allow, or the retry budget is spent.
    RETRIES_SPENT,
    /// The DSP has not published the day yet.
    PENDING
}
