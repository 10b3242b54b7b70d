package dev.tactus.webhook;

import java.net.URI;
import java.util.Optional;

/// Where receivers are found by name, as the configuration has them now. Asked at each attempt, so that addresses and
/// secrets are stored nowhere else. Implementations are thread-safe.
@FunctionalInterface
public interface WebhookReceivers {
    /// What is known of a receiver.
    sealed interface Receiver {}

    /// It can be sent to.
    ///
    /// @param signer where it wants signed messages
    record Reachable(URI address, Optional<WebhookSigner> signer) implements Receiver {
        @Override
        public String toString() {
            return "Reachable[address=***]";
        }
    }

    /// Messages are taken to it otherwise than by POST.
    record Carried(MessageSender sender) implements Receiver {}

    /// It can't be sent to for now: counts as a failed attempt.
    record Unusable(String reason) implements Receiver {}

    /// There is no such receiver any more: its messages are abandoned.
    record Gone(String reason) implements Receiver {}

    Receiver find(String name);
}
