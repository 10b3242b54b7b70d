package dev.tactus.gateway.identity;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.limits.Ticker;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The applications and keys that were made through the admin address rather than configured: what the data path
/// looks at where the configuration knows nothing. Whoever changes them replaces them as a whole. Thread-safe.
public final class CreatedApplications {
    /// Whose a key is, and until when.
    ///
    /// @param endsAtNanos since the epoch
    public record KeyOwner(String application, long endsAtNanos) {}

    /// @param texts what was said of each application, as JSON
    private record Content(
            Map<String, ApplicationSettings> applications, Map<String, String> texts, Map<Sha256, KeyOwner> keys) {}

    private final Ticker sinceEpoch;
    private final AtomicLong version = new AtomicLong();
    private volatile Content content = new Content(Map.of(), Map.of(), Map.of());

    public CreatedApplications(Ticker sinceEpoch) {
        this.sinceEpoch = sinceEpoch;
    }

    /// Goes by these from now on; whatever was found before is to be looked up anew.
    ///
    /// @param texts what was said of each application, as JSON
    public void replace(
            Map<String, ApplicationSettings> applications, Map<String, String> texts, Map<Sha256, KeyOwner> keys) {
        content = new Content(Map.copyOf(applications), Map.copyOf(texts), Map.copyOf(keys));
        version.incrementAndGet();
    }

    /// Changes with what is here.
    long version() {
        return version.get();
    }

    public Optional<ApplicationSettings> application(String id) {
        return Optional.ofNullable(content.applications().get(id));
    }

    /// An application under the limits of one of several upstreams.
    Optional<ApplicationSettings> application(String id, GatewaySettings upstream) {
        Content now = content;
        return upstream.name().isEmpty() || !now.applications().containsKey(id)
                ? Optional.ofNullable(now.applications().get(id))
                : Optional.ofNullable(now.texts().get(id)).map(text -> ApplicationSettings.read(text, upstream));
    }

    public Map<String, ApplicationSettings> all() {
        return content.applications();
    }

    /// Whose a key is, while it is worth something.
    public Optional<String> owner(Sha256 key) {
        return Optional.ofNullable(content.keys().get(key))
                .filter(owner -> owner.endsAtNanos() > sinceEpoch.nanos())
                .map(KeyOwner::application);
    }
}
