package dev.tactus.webhook;

import java.time.Instant;
import java.util.List;

/// Where messages stay until they are delivered or abandoned: a message that was sent when a crash came before
/// [#delivered] is sent again. Implementations are thread-safe.
public interface WebhookOutbox {
    /// The messages whose next attempt is due, the oldest first.
    List<WebhookMessage> due(Instant now);

    /// The receiver has it.
    void delivered(WebhookMessage message);

    /// An attempt failed; another follows.
    ///
    /// @param reason holds no address and no secret
    void failed(WebhookMessage message, String reason, Instant nextAttempt);

    /// The last attempt failed, or there is nobody to send it to.
    ///
    /// @param reason holds no address and no secret
    void abandoned(WebhookMessage message, String reason);
}
