package dev.tactus.gateway.state;

import java.time.Instant;
import java.util.Optional;

/// Who wants to know of changes of a resource, and how far it has been told.
///
/// @param callback where changes are posted; empty for readers of the stream
/// @param secret signs what is posted
/// @param credentials the header fields, as JSON, with which its application asks for the resource; `{}` where the
/// resource is the same for all
/// @param firstEvent events up to this number it doesn't get
/// @param sentEvent the last one that its callback has taken
/// @param attempts that failed since
/// @param failingSince when its callback began to fail
/// @param lastError the last failure, without an address
/// @param deadAt when it was given up
public record Subscription(
        String id,
        String application,
        String resource,
        Optional<String> callback,
        String secret,
        String credentials,
        Instant createdAt,
        Instant expiresAt,
        long firstEvent,
        long sentEvent,
        int attempts,
        Optional<Instant> failingSince,
        Optional<String> lastError,
        Optional<Instant> deadAt) {

    /// Until when it lasts now.
    public Subscription extended(Instant until) {
        return new Subscription(
                id,
                application,
                resource,
                callback,
                secret,
                credentials,
                createdAt,
                until,
                firstEvent,
                sentEvent,
                attempts,
                failingSince,
                lastError,
                deadAt);
    }

    @Override
    public String toString() {
        return "Subscription[" + id + ", " + application + ", " + resource + "]";
    }
}
