package dev.tactus.console.config;

import dev.tactus.http.HttpSettings;
import dev.tactus.music.Dataset;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import dev.tactus.source.profile.Credentials;
import dev.tactus.source.profile.KnownLimitReader;
import dev.tactus.source.profile.KnownLimits;
import dev.tactus.source.profile.RetrySettings;
import dev.tactus.source.profile.SourceProfile;
import dev.tactus.source.profile.SourceSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One source of `tactus.yaml`.
///
/// @param yaml where it stands, for refusals
/// @param profile a bundled profile's name, or the path of one
/// @param folder what the profile's path is relative to
/// @param connection what only calls need
/// @param limits what is known, and what is left to others; what is not known is learned
/// @param concurrency calls on their way at once, at most
/// @param settleDays days before the asked one that are fetched again until they are final
/// @param cadence how often what is no count of a day is asked for again; each run where nothing is said
/// @param deadline time of day by which a run is to be done
/// @param callsPerDay how many calls a day, UTC, may be made, however many the service would allow
/// @param parameters values for what the profile leaves open, such as a storefront
/// @param reportsAs what sales reports call the service; empty where its own name and the profile's are meant
public record SourceConfiguration(
        String name,
        Section yaml,
        String profile,
        Path folder,
        Deferred<Connection> connection,
        KnownLimits limits,
        int concurrency,
        int settleDays,
        Map<Dataset, Duration> cadence,
        Optional<OffsetTime> deadline,
        Optional<Long> callsPerDay,
        List<String> reportsAs,
        Map<String, String> parameters) {

    /// Where the service is, and as whom it is called.
    ///
    /// @param baseUrl absent where the profile's own is meant, like `tokenUrl`
    /// @param credentials by the names that profiles have for them
    record Connection(Optional<URI> baseUrl, Optional<URI> tokenUrl, Map<String, String> credentials) {
        static Connection read(Section yaml, Path folder) {
            return new Connection(
                    yaml.find("base_url").map(WebAddress::web),
                    yaml.find("token_url").map(WebAddress::web),
                    CredentialsSection.read(yaml, folder));
        }
    }

    /// Stands in where a command calls nobody.
    private static final URI NOWHERE = URI.create("http://localhost");

    public SourceConfiguration {
        cadence = Map.copyOf(cadence);
        reportsAs = List.copyOf(reportsAs);
    }

    static SourceConfiguration read(String name, Section yaml, Path folder) {
        yaml.only(
                "profile",
                "base_url",
                "token_url",
                "client_id",
                "client_secret",
                "client_secret_file",
                "credentials",
                "parameters",
                "limits",
                "leave",
                "concurrency",
                "settle_days",
                "cadence",
                "deadline",
                "budget",
                "reports_as");
        return new SourceConfiguration(
                name,
                yaml,
                yaml.require("profile").text(),
                folder,
                Deferred.of(() -> Connection.read(yaml, folder)),
                yaml.find("limits")
                        .map(KnownLimitReader::limits)
                        .orElse(KnownLimits.NONE)
                        .leaving(yaml.find("leave")
                                .map(SourceConfiguration::leave)
                                .orElse(0.0)),
                yaml.find("concurrency").map(v -> v.whole(1, 1000)).orElse(10),
                yaml.find("settle_days").map(v -> v.whole(0, 60)).orElse(0),
                yaml.find("cadence").map(v -> cadence(v.section())).orElseGet(Map::of),
                yaml.find("deadline").map(SourceConfiguration::deadline),
                yaml.find("budget").map(v -> callsPerDay(v.section())),
                yaml.find("reports_as").map(SourceConfiguration::names).orElseGet(List::of),
                yaml.find("parameters").map(SourceConfiguration::parameters).orElseGet(Map::of));
    }

    private static Map<Dataset, Duration> cadence(Section yaml) {
        yaml.only(Dataset.TRACKS.label());
        Value tracks = yaml.require(Dataset.TRACKS.label());
        return switch (tracks.text()) {
            case "daily" -> Map.of();
            case "weekly" -> Map.of(Dataset.TRACKS, Duration.ofDays(7));
            case "monthly" -> Map.of(Dataset.TRACKS, Duration.ofDays(30));
            default -> throw tracks.bad("expected daily, weekly or monthly");
        };
    }

    /// A source that has nothing but this profile.
    public static SourceConfiguration alone(String profile) {
        return read(
                "tried",
                Section.parse("command line", "profile: \"" + profile.replace("\\", "/") + "\"", _ -> null),
                Path.of(""));
    }

    /// Whether this is its profile.
    ///
    /// @param nameOrPath relative to the working directory
    public boolean hasProfile(String nameOrPath) {
        return profile.equals(nameOrPath)
                || folder.resolve(profile)
                        .toAbsolutePath()
                        .normalize()
                        .equals(Path.of(nameOrPath).toAbsolutePath().normalize());
    }

    private static long callsPerDay(Section yaml) {
        yaml.only("calls_per_day");
        return yaml.require("calls_per_day").whole(1, 1_000_000_000_000L);
    }

    /// The datasets its profile has.
    public Set<Dataset> datasets() {
        return SourceProfile.load(profile, folder, parameters).datasets();
    }

    /// What sales reports probably call the service where nobody has said: the names its profile suggests.
    List<String> suggestedServices() {
        if (!reportsAs.isEmpty()) {
            return List.of();
        }
        // spotify-for-artists speaks of Spotify
        String fromProfile = profile.replaceFirst("^.*[/\\\\]", "").replaceFirst("\\.ya?ml$", "");
        return List.of(fromProfile, fromProfile.replaceFirst("-for-artists$", ""));
    }

    private static List<String> names(Value value) {
        List<String> names =
                value.isList() ? value.list().stream().map(Value::text).toList() : List.of(value.text());
        for (String name : names) {
            if (ServiceSources.fold(name).isEmpty()) {
                throw value.bad("expected the names of the service in sales reports, such as [Spotify]");
            }
        }
        return names;
    }

    /// The source with its profile, to be called.
    ///
    /// @throws dev.tactus.settings.InvalidConfiguration if there is no such profile, it is wrong, or it needs more
    public SourceSettings settings() {
        SourceProfile loaded = SourceProfile.load(profile, folder, parameters);
        Connection to = connection.get();
        URI address = to.baseUrl()
                .or(loaded::baseUrl)
                .orElseThrow(() -> yaml.bad("base_url is missing: where is the API of " + name + "?"));
        Optional<URI> tokens = to.tokenUrl().or(loaded::tokenUrl);
        if (loaded.needsTokenUrl() && tokens.isEmpty()) {
            throw yaml.bad("profile " + loaded.name() + " needs a token: token_url is missing");
        }
        return settings(
                loaded,
                address,
                tokens,
                CredentialsSection.check(yaml, loaded.name(), loaded.credentials(), to.credentials()));
    }

    /// The source with its profile, for work that calls nobody: it needs no address and no secret.
    public SourceSettings offlineSettings() {
        return settings(
                SourceProfile.load(profile, folder, parameters), NOWHERE, Optional.of(NOWHERE), Credentials.ofNobody());
    }

    private SourceSettings settings(SourceProfile loaded, URI address, Optional<URI> tokens, Credentials credentials) {
        return new SourceSettings(
                name,
                loaded,
                address,
                tokens,
                credentials,
                limits,
                concurrency,
                RetrySettings.defaults(),
                HttpSettings.defaults());
    }

    private static Map<String, String> parameters(Value value) {
        Map<String, String> parameters = new LinkedHashMap<>();
        value.section().entries().forEach((name, each) -> parameters.put(name, each.text()));
        return Collections.unmodifiableMap(parameters);
    }

    private static double leave(Value value) {
        double share = value.share().doubleValue();
        if (share > 0.95) {
            throw value.bad("at most 95% can be left to others, found " + value.text());
        }
        return share;
    }

    private static OffsetTime deadline(Value value) {
        try {
            return OffsetTime.parse(value.text());
        } catch (DateTimeException e) {
            throw value.bad("expected a time of day with its offset, such as \"06:00Z\" or \"06:00+02:00\"");
        }
    }
}
