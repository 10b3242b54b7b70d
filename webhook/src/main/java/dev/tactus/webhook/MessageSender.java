package dev.tactus.webhook;

import java.io.IOException;

/// Takes a message to its receiver in a way of its own, such as mail. Implementations are thread-safe.
@FunctionalInterface
public interface MessageSender {
    /// Returns once the message is taken over.
    ///
    /// @throws IOException where it is not; its words go into logs and hold no secrets
    void send(WebhookMessage message) throws IOException;
}
