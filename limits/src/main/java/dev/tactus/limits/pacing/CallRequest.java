package dev.tactus.limits.pacing;

import java.time.Duration;

/// What somebody wants to send: where to, for whom, and how long it may wait.
///
/// @param path the path of the call; a query is ignored
/// @param caller who is served by turns with the others; any text
/// @param patience how long the call waits for its turn; zero or less: now or not at all
/// @param priority calls of a higher one go first, and those of a lower one wait as long as there are any; 0 as a rule
public record CallRequest(String path, String caller, Duration patience, int priority) {
    /// As long as it takes.
    public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    /// A call that waits as long as it takes.
    public static CallRequest to(String path) {
        return new CallRequest(path, "", FOREVER, 0);
    }

    /// The same for this caller.
    public CallRequest by(String name) {
        return new CallRequest(path, name, patience, priority);
    }

    /// The same, given up when this time is over.
    public CallRequest within(Duration time) {
        return new CallRequest(path, caller, time, priority);
    }

    /// The same with another priority.
    public CallRequest withPriority(int higherGoesFirst) {
        return new CallRequest(path, caller, patience, higherGoesFirst);
    }
}
