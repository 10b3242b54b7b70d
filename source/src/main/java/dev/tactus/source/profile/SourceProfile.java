package dev.tactus.source.profile;

import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.RequestedTrack;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How one DSP's API speaks, as data: paths, parameters, batches, limits, errors, schemas, and where each
/// field of a row is found.
///
/// Immutable and safe to share.
public final class SourceProfile {
    /// How long ids and absences stay fresh, and when a pending day is requested again.
    record Freshness(Duration resolved, Duration absent, Duration pending) {}

    /// The step from an ISRC to track ids.
    ///
    /// @param answersTracks whether what it finds is all of the tracks dataset
    record ResolveStep(SourceEndpoint endpoint, boolean answersTracks) {}

    private static final Isrc EXAMPLE = new Isrc("USRC17607839");

    private final String name;
    private final List<AuthMethod> auth;
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
    private final Optional<String> check;

    SourceProfile(ProfileReader read) {
        this.name = read.name();
        read.documents();
        this.auth = List.copyOf(read.auth());
        this.baseUrl = read.url("base_url");
        this.tokenUrl = read.url("token_url");
        this.headers = Map.copyOf(read.headers());
        this.precision = read.precision();
        this.freshness = read.freshness();
        this.paths = List.copyOf(read.paths());
        this.limits = read.limits();
        this.errors = List.copyOf(read.errors());
        this.resolving = read.resolving();
        this.check = read.check();
        this.datasets = Collections.unmodifiableMap(new EnumMap<>(read.datasets()));
    }

    /// The names of the profiles that are shipped.
    public static List<String> bundled() {
        return ProfileLoader.BUNDLED;
    }

    /// What a bundled profile leaves to the operator, each with its value or an example.
    public static Map<String, String> parameters(String bundled) {
        return Parameters.examples(ProfileLoader.open(bundled, Path.of("")));
    }

    /// Loads a bundled profile by name, or a YAML file.
    ///
    /// @param nameOrPath one of [#bundled], or the path of a YAML file
    /// @param relativeTo the folder a relative path starts from
    /// @throws dev.tactus.settings.InvalidConfiguration if there is no such profile or it is wrong
    public static SourceProfile load(String nameOrPath, Path relativeTo) {
        return load(nameOrPath, relativeTo, Map.of());
    }

    /// Loads one with values of the operator's.
    ///
    /// @param parameters values for what the profile leaves open, in place of its own
    public static SourceProfile load(String nameOrPath, Path relativeTo, Map<String, String> parameters) {
        return new SourceProfile(new ProfileReader(ProfileLoader.open(nameOrPath, relativeTo), parameters));
    }

    /// Its name.
    public String name() {
        return name;
    }

    /// Whether requests prove who is asking.
    public boolean authenticates() {
        return !auth.isEmpty();
    }

    /// The names of the credentials that its requests need.
    public Set<String> credentials() {
        Set<String> names = new LinkedHashSet<>();
        auth.forEach(method -> names.addAll(method.needs()));
        return names;
    }

    /// Whether tokens are issued at a token_url.
    public boolean needsTokenUrl() {
        return auth.stream().anyMatch(AuthMethod.Issued.class::isInstance);
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

    /// The request by which credentials are tried: the profile's own, or the lookup of some recording.
    public String checkRequest(LocalDate day) {
        return check.orElseGet(() -> resolving
                .map(ResolveStep::endpoint)
                .orElseGet(() -> datasets.values().iterator().next())
                .render(List.of(RequestedTrack.byIsrc(EXAMPLE)), day));
    }

    /// All ways at once; none where requests prove nothing.
    public List<AuthMethod> auth() {
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
