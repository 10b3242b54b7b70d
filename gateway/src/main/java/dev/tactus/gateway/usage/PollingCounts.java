package dev.tactus.gateway.usage;

/// How often an application asked for a resource.
///
/// @param changed how many of the answers were not the one before
public record PollingCounts(String application, String resource, long requests, long changed) {
    /// Requests that an event for each change would have spared.
    public long saved() {
        return requests - changed;
    }
}
