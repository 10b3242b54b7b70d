package dev.tactus.gateway.state;

import java.time.Instant;
import java.util.Optional;

/// A message to an application's contact, as the outbox holds it.
///
/// @param id `webhook-id`: the same at every attempt, so that a receiver can drop what it has already
/// @param nextAt when it is tried next, if it is still on the way
public record ContactMessage(
        long number,
        String id,
        String application,
        String kind,
        String body,
        Instant createdAt,
        int attempts,
        Instant nextAt,
        Optional<String> lastError,
        Optional<Instant> sentAt,
        Optional<Instant> givenUpAt) {}
