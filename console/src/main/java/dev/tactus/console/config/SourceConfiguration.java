package dev.tactus.console.config;

import dev.tactus.http.HttpSettings;
import dev.tactus.music.Dataset;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import dev.tactus.source.profile.ClientCredentials;
import dev.tactus.source.profile.KnownLimitReader;
import dev.tactus.source.profile.KnownLimits;
import dev.tactus.source.profile.RetrySettings;
import dev.tactus.source.profile.SourceProfile;
import dev.tactus.source.profile.SourceSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetTime;
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
        List<String> reportsAs) {

    /// Where the service is, and as whom it is called.
    ///
    /// @param baseUrl absent where the profile's own is meant, like `tokenUrl`
    /// @param credentials absent for a source that asks for none
    record Connection(Optional<URI> baseUrl, Optional<URI> tokenUrl, Optional<ClientCredentials> credentials) {
        static Connection read(Section yaml, Path folder) {
            return new Connection(
                    yaml.find("base_url").map(WebAddress::web),
                    yaml.find("token_url").map(WebAddress::web),
                    SourceConfiguration.credentials(yaml, folder));
        }
    }

    /// Stands in where a command calls nobody.
    private static final URI NOWHERE = URI.create("http://localhost");

    private static final ClientCredentials NOBODY = new ClientCredentials("nobody", "nothing");

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
                yaml.find("reports_as").map(SourceConfiguration::names).orElseGet(List::of));
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

    private static long callsPerDay(Section yaml) {
        yaml.only("calls_per_day");
        return yaml.require("calls_per_day").whole(1, 1_000_000_000_000L);
    }

    /// The datasets its profile has.
    public Set<Dataset> datasets() {
        return SourceProfile.load(profile, folder).datasets();
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
        SourceProfile loaded = SourceProfile.load(profile, folder);
        Connection to = connection.get();
        URI address = to.baseUrl()
                .or(loaded::baseUrl)
                .orElseThrow(() -> yaml.bad("base_url is missing: where is the API of " + name + "?"));
        Optional<URI> tokens = to.tokenUrl().or(loaded::tokenUrl);
        if (loaded.authenticates() && (tokens.isEmpty() || to.credentials().isEmpty())) {
            throw yaml.bad("profile " + loaded.name() + " needs a token: "
                    + (to.credentials().isEmpty() ? "client_id and client_secret are" : "token_url is") + " missing");
        }
        return settings(loaded, address, tokens, to.credentials());
    }

    /// The source with its profile, for work that calls nobody: it needs no address and no secret.
    public SourceSettings offlineSettings() {
        return settings(SourceProfile.load(profile, folder), NOWHERE, Optional.of(NOWHERE), Optional.of(NOBODY));
    }

    private SourceSettings settings(
            SourceProfile loaded, URI address, Optional<URI> tokens, Optional<ClientCredentials> credentials) {
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

    private static Optional<ClientCredentials> credentials(Section yaml, Path folder) {
        if (yaml.has("client_secret") && yaml.has("client_secret_file")) {
            throw yaml.bad("client_secret and client_secret_file are both there: keep one");
        }
        if (!yaml.has("client_id") && !yaml.has("client_secret") && !yaml.has("client_secret_file")) {
            return Optional.empty();
        }
        Value id = yaml.require("client_id");
        Optional<String> fromFile = yaml.find("client_secret_file").map(v -> secret(v, folder));
        return Optional.of(
                new ClientCredentials(filled(id), fromFile.orElseGet(() -> filled(yaml.require("client_secret")))));
    }

    private static String filled(Value value) {
        String text = value.text().strip();
        if (text.isEmpty()) {
            throw value.bad("is empty");
        }
        return text;
    }

    private static String secret(Value value, Path folder) {
        Path file = Configuration.path(value, folder);
        try {
            String secret = Files.readString(file).strip();
            if (!secret.isEmpty()) {
                return secret;
            }
        } catch (IOException e) {
            throw value.missing("cannot read " + file + ": it must be a file that holds the secret and nothing else");
        }
        throw value.bad(file + " is empty");
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
