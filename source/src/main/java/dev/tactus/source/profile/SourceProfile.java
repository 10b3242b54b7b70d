package dev.tactus.source.profile;

import dev.tactus.music.Dataset;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How one DSP's API speaks, as data: paths, parameters, batches, limits, errors, schemas, and where each
/// field of a row is found.
///
/// Immutable and safe to share.
public final class SourceProfile {
    /// How requests are authenticated.
    public sealed interface Auth {
        /// Not at all.
        record None() implements Auth {}

        /// By a token that is issued for an id and a secret (RFC 6749, 4.4).
        ///
        /// @param refreshBefore how long before it expires a token is replaced
        record ClientCredentialsGrant(Duration refreshBefore) implements Auth {}
    }

    /// How long ids and absences stay fresh, and when a pending day is requested again.
    record Freshness(Duration resolved, Duration absent, Duration pending) {}

    /// The step from an ISRC to track ids.
    ///
    /// @param answersTracks whether what it finds is all of the tracks dataset
    record ResolveStep(SourceEndpoint endpoint, boolean answersTracks) {}

    private final String name;
    private final Auth auth;
    private final Optional<URI> baseUrl;
    private final Optional<URI> tokenUrl;
    private final Map<String, String> headers;
    private final Duration precision;
    private final Freshness freshness;
    private final List<String> paths;
    private final KnownLimits limits;
    private final List<ErrorRule> errors;
    private final Optional<ResolveStep> resolving;
    private final Map<Dataset, SourceEndpoint> datasets;

    SourceProfile(ProfileReader read) {
        this.name = read.name();
        this.auth = read.auth();
        this.baseUrl = read.url("base_url");
        this.tokenUrl = read.url("token_url");
        this.headers = Map.copyOf(read.headers());
        this.precision = read.precision();
        this.freshness = read.freshness();
        this.paths = List.copyOf(read.paths());
        this.limits = read.limits();
        this.errors = List.copyOf(read.errors());
        this.resolving = read.resolving();
        this.datasets = Collections.unmodifiableMap(new EnumMap<>(read.datasets()));
    }

    /// Loads a bundled profile by name, or a YAML file.
    ///
    /// @param nameOrPath `spotify-for-artists`, `deezer`, or the path of a YAML file
    /// @param relativeTo the folder a relative path starts from
    /// @throws dev.tactus.settings.InvalidConfiguration if there is no such profile or it is wrong
    public static SourceProfile load(String nameOrPath, Path relativeTo) {
        return new SourceProfile(new ProfileReader(ProfileLoader.open(nameOrPath, relativeTo)));
    }

    /// Its name.
    public String name() {
        return name;
    }

    /// Whether requests carry a token that was issued for credentials.
    public boolean authenticates() {
        return switch (auth) {
            case Auth.None() -> false;
            case Auth.ClientCredentialsGrant c -> true;
        };
    }

    /// The API's usual address.
    public Optional<URI> baseUrl() {
        return baseUrl;
    }

    /// Where its tokens are usually issued.
    public Optional<URI> tokenUrl() {
        return tokenUrl;
    }

    /// The limits the DSP documents; empty where it documents none.
    public KnownLimits limits() {
        return limits;
    }

    /// The path classes with quotas of their own.
    public List<String> paths() {
        return paths;
    }

    /// What it can fetch.
    public Set<Dataset> datasets() {
        return datasets.keySet();
    }

    /// How exact its track durations are: 1 ms, 1 s.
    public Duration precision() {
        return precision;
    }

    /// How long the track ids of an ISRC hold before they are searched again.
    public Duration resolvedIdsFresh() {
        return freshness.resolved();
    }

    /// How long an ISRC that was not found is not searched again.
    public Duration absentIdsFresh() {
        return freshness.absent();
    }

    /// How long to wait before a pending day is requested again.
    public Duration pendingRetry() {
        return freshness.pending();
    }

    /// Whether ISRCs have to be resolved to track ids before anything is fetched.
    public boolean resolves() {
        return resolving.isPresent();
    }

    /// Whether what a resolve finds is all of the tracks dataset.
    public boolean resolveLandsTracks() {
        return resolving.map(ResolveStep::answersTracks).orElse(false);
    }

    /// The path class of the resolve step.
    ///
    /// @throws IllegalStateException if it has none
    public String resolvePath() {
        return resolveEndpoint().name();
    }

    /// The path class a dataset is fetched from.
    ///
    /// @throws IllegalArgumentException if it isn't one of [#datasets]
    public String path(Dataset dataset) {
        return endpoint(dataset).name();
    }

    /// The most tracks in one request.
    ///
    /// @throws IllegalArgumentException if it isn't one of [#datasets]
    public int batchSize(Dataset dataset) {
        return endpoint(dataset).batch();
    }

    public Auth auth() {
        return auth;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public List<ErrorRule> errors() {
        return errors;
    }

    public SourceEndpoint resolveEndpoint() {
        return resolving
                .orElseThrow(() ->
                        new IllegalStateException("profile " + name + " has no resolve step; fetch its tracks by ISRC"))
                .endpoint();
    }

    public SourceEndpoint endpoint(Dataset dataset) {
        SourceEndpoint endpoint = datasets.get(dataset);
        if (endpoint == null) {
            throw new IllegalArgumentException("profile " + name + " has no " + dataset.label() + ", only "
                    + String.join(", ", datasets().stream().map(Dataset::label).toList()));
        }
        return endpoint;
    }

    @Override
    public String toString() {
        return "SourceProfile[" + name + "]";
    }
}
