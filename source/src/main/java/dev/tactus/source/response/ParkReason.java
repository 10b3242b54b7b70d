package dev.tactus.source.response;

/// Why work is put off instead of being waited for.
public enum ParkReason {
    /// The DSP closed a scope for longer than anybody waits holding a thread.
    PENALTY,
    /// One call was throttled again and again although the pacer waited as told.
    THROTTLED,
    /// The call failed as often as the retry settings allow, or the retry budget is spent.
    RETRIES_SPENT,
    /// The DSP hasn't published the day yet.
    PENDING
}
