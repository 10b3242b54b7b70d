package dev.tactus.source.profile;

import dev.tactus.http.HttpSettings;
import dev.tactus.limits.PacerSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One source as an operator configured it.
///
/// @param name the operator's name for it; the `source` column of the lake
/// @param profile how its API speaks
/// @param baseUrl where the API is; the profile's paths are appended
/// @param tokenUrl where tokens are issued, needed where the profile has them issued
/// @param credentials with which requests prove who is asking, as the profile names them
/// @param limits what is known of its limits; where empty the profile's own count
/// @param concurrency the most requests in flight at once
/// @param retry how failed requests are retried
/// @param http how long a request may take and how large its response may be
public record SourceSettings(
        String name,
        SourceProfile profile,
        URI baseUrl,
        Optional<URI> tokenUrl,
        Credentials credentials,
        KnownLimits limits,
        int concurrency,
        RetrySettings retry,
        HttpSettings http) {

    public SourceSettings {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a source needs a name");
        }
        requireHttp(name, "base_url", baseUrl);
        tokenUrl.ifPresent(url -> requireHttp(name, "token_url", url));
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency of " + name + " must be at least 1: " + concurrency);
        }
        if (profile.needsTokenUrl() && tokenUrl.isEmpty()) {
            throw new IllegalArgumentException("source " + name + ": profile " + profile.name() + " needs a token_url");
        }
        List<String> missing = profile.credentials().stream()
                .filter(needed -> !credentials.has(needed))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("source " + name + ": profile " + profile.name() + " needs the"
                    + " credentials " + String.join(", ", missing));
        }
    }

    /// The pacer's settings for this source: known limits, and the path classes to learn separately.
    ///
    /// @param longestWait longer pauses park the work
    /// @param lostMargin how much longer the slot of a request without a response is held
    public PacerSettings pacerSettings(Duration longestWait, Duration lostMargin) {
        KnownLimits known = knownLimits();
        return new PacerSettings(known.limits(), profile.paths(), longestWait, lostMargin)
                .withInFlight(known.inFlight())
                .leaving(known.leave());
    }

    /// What the operator told of the limits; where that is nothing, what the profile documents.
    public KnownLimits knownLimits() {
        return limits.isEmpty() ? profile.limits().leaving(limits.leave()) : limits;
    }

    private static void requireHttp(String name, String key, URI url) {
        String scheme = url.getScheme();
        if (url.getHost() == null || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
            throw new IllegalArgumentException(key + " of " + name + " must be an http or https address: " + url);
        }
    }
}
