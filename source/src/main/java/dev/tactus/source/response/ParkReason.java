package dev.tactus.source.response;

/// Why work is postponed instead of being waited for.
public enum ParkReason {
    /// The DSP closed a scope for longer than a thread should wait.
    PENALTY,
    /// One request was throttled again and again although the pacer waited as long as the responses said.
    THROTTLED,
    /// The request was answered with errors as often as the retry settings allow, or the retry budget is spent.
    RETRIES_SPENT,
    /// Nothing answers, at the address of the API or of its tokens.
    NO_ANSWER,
    /// The request was refused although its token is good.
    UNAUTHORIZED,
    /// The DSP has not published the day yet.
    PENDING,
    /// The operator's budget of calls or of time is spent.
    BUDGET
}
