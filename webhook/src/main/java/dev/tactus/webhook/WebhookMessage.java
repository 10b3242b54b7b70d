package dev.tactus.webhook;

/// A message on its way to a receiver.
///
/// @param number its place in the outbox
/// @param id the same at every attempt, so that a receiver can drop what it has already (`webhook-id`)
/// @param receiver a stable name, never an address: whoever knows an address can post
/// @param type what it is about
/// @param body JSON
/// @param attempts that failed so far
public record WebhookMessage(long number, String id, String receiver, String type, String body, int attempts) {}
