package dev.tactus.serve.events;

import dev.tactus.webhook.WebhookSigner;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// Who is told of events by a webhook.
///
/// @param name says nothing of the address beyond its host
/// @param types what events are about, such as `run`; empty for all
public record EventReceiver(String name, URI address, Optional<WebhookSigner> signer, Set<String> types) {
    private static final String PREFIX = "dev.tactus.";

    public EventReceiver {
        types = Set.copyOf(types);
    }

    boolean wants(String type) {
        return types.isEmpty() || types.contains(type.substring(PREFIX.length()).split("\\.", 2)[0]);
    }

    @Override
    public String toString() {
        return "EventReceiver[" + name + "]";
    }
}
