package dev.tactus.simulator.fault;

import java.time.Duration;

/// What can go wrong with one request, whatever it asks for.
public sealed interface RequestFault {
    /// An error of the server.
    ///
    /// @param retryAfter zero for no `Retry-After` header
    record ServerError(int status, Duration retryAfter) implements RequestFault {}

    /// 429, though no limit is reached.
    ///
    /// @param retryAfter zero for no header
    /// @param hold how long everything of this client is refused from then on
    record Throttled(Duration retryAfter, Duration hold) implements RequestFault {}

    /// The connection is reset instead of an answer.
    record Reset() implements RequestFault {}

    /// Nothing comes for a while, then the answer.
    record Stalled(Duration duration) implements RequestFault {}

    /// The body trickles.
    record Slow(Duration duration) implements RequestFault {}

    /// The body ends in the middle, and the connection with it.
    record Truncated() implements RequestFault {}

    /// A page of HTML with status 200.
    record Html() implements RequestFault {}

    /// An error with HTTP 200: the status stands in the body alone.
    record Disguised(int status) implements RequestFault {}

    /// A valid answer inside a far too large body.
    record Oversized(long bytes) implements RequestFault {}

    /// The access token is revoked before its time.
    record Revoked() implements RequestFault {}

    /// One track of the answer is wrong.
    record OneItem(ItemFault fault) implements RequestFault {}
}
