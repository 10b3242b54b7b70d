package dev.tactus.serve.events;

import dev.tactus.webhook.WebhookReceivers;
import dev.tactus.webhook.WebhookSigner;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// Who is told of events by a webhook, or by mail.
///
/// @param name says nothing of the address beyond its host
/// @param address where it is; `mailto:` of a person
/// @param types what events are about, such as `run`; empty for all
/// @param chat how people are told; a program is told by CloudEvents where it is empty
public record EventReceiver(
        String name, URI address, Optional<WebhookSigner> signer, Set<String> types, Optional<ChatSettings> chat) {
    private static final String PREFIX = "dev.tactus.";

    public EventReceiver {
        types = Set.copyOf(types);
    }

    /// A program that is told of each event by itself.
    public EventReceiver(String name, URI address, Optional<WebhookSigner> signer, Set<String> types) {
        this(name, address, signer, types, Optional.empty());
    }

    /// How it is reached.
    WebhookReceivers.Receiver reached(InstantSource clock) {
        return chat.flatMap(ChatSettings::mail)
                .<WebhookReceivers.Receiver>map(server ->
                        new WebhookReceivers.Carried(new MailSender(server, address.getSchemeSpecificPart(), clock)))
                .orElseGet(() -> new WebhookReceivers.Reachable(address, signer));
    }

    /// When it is told of what is noticed now.
    Instant dueAt(Instant now) {
        return chat.flatMap(ChatSettings::digest)
                .map(digest -> digest.after(now))
                .orElse(now);
    }

    boolean wants(String type) {
        return types.isEmpty() || types.contains(type.substring(PREFIX.length()).split("\\.", 2)[0]);
    }

    @Override
    public String toString() {
        return "EventReceiver[" + name + "]";
    }
}
