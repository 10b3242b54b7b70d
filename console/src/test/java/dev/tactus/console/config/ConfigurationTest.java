package dev.tactus.console.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.console.BundledText;
import dev.tactus.ingest.run.AlertReceiver;
import dev.tactus.ingest.run.Tolerance;
import dev.tactus.lake.place.CatalogService;
import dev.tactus.lake.place.CatalogService.CatalogToken;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.Limit;
import dev.tactus.limits.QuotaKind;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.reconcile.ReconciliationRules;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.source.profile.KnownLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static final Map<String, String> VARIABLES = Map.of(
            "SPOTIFY_CLIENT_ID", "me",
            "SPOTIFY_CLIENT_SECRET", "s3cret",
            "ALERT_WEBHOOK", "https://hooks.example.com/T0/k3y");

    private static final String WHOLE = """
        version: 1
        catalog: data/catalog.csv
        artist_separator: "|"
        ledger: ./ledger.db
        lake: /srv/lake
        sources:
          spotify:
            profile: spotify-for-artists
            base_url: https://api.spotify.com
            token_url: https://accounts.spotify.com/api/token
            client_id: ${SPOTIFY_CLIENT_ID}
            client_secret: ${SPOTIFY_CLIENT_SECRET}
            limits:
              - {scope: token, permits: 180, window: 60s}
              - {scope: /v1/search, permits: 100, window: 60s}
            concurrency: 10
            settle_days: 3
            deadline: "06:00Z"
        tolerance: {dead_letters: 0.1%, parked: 0, awaiting_report: 5%}
        alerts:
          - {webhook: "${ALERT_WEBHOOK}", on: [drift, deadline]}
        """;

    @TempDir
    Path folder;

    @Test
    void readsEverythingThatCanBeSaid() throws IOException {
        Configuration configuration = read(WHOLE);

        assertThat(configuration.catalog()).isEqualTo(folder.resolve("data/catalog.csv"));
        assertThat(configuration.artistSeparator()).isEqualTo("|");
        assertThat(configuration.ledger().file()).contains(folder.resolve("ledger.db"));
        assertThat(configuration.lake()).isEqualTo(LakePlace.in(Path.of("/srv/lake")));
        assertThat(configuration.tolerance())
                .isEqualTo(
                        new Tolerance(new Tolerance.Share(0.001), new Tolerance.Count(0), new Tolerance.Share(0.05)));
        assertThat(configuration.alerts().get().getFirst().on())
                .containsExactlyInAnyOrder(AlertReceiver.AlertKind.DRIFT, AlertReceiver.AlertKind.DEADLINE);
        SourceConfiguration spotify = configuration.source(null);
        assertThat(spotify.settings().baseUrl()).isEqualTo(URI.create("https://api.spotify.com"));
        assertThat(spotify.limits().limits())
                .containsExactly(
                        new ScopedLimit("token", new Limit(180, Duration.ofSeconds(60))),
                        new ScopedLimit("/v1/search", new Limit(100, Duration.ofSeconds(60))));
        assertThat(spotify.concurrency()).isEqualTo(10);
        assertThat(spotify.settleDays()).isEqualTo(3);
        assertThat(spotify.deadline()).contains(OffsetTime.of(LocalTime.of(6, 0), ZoneOffset.UTC));
        assertThat(spotify.settings().profile().name()).isEqualTo("spotify-for-artists");
    }

    @Test
    void readsEveryKindOfLimit() throws IOException {
        KnownLimits limits = read("""
            version: 1
            catalog: catalog.csv
            sources:
              shop:
                profile: spotify-for-artists
                limits:
                  - {scope: token, permits: 180, window: 60s, kind: sliding, counts_refused: true}
                  - {scope: /v1/orders, permits: 2, window: 1s, kind: bucket, burst: 40}
                  - {scope: /v1/lookup, permits: 1, window: 1s, kind: spacing}
                  - {scope: token, in_flight: 10}
                  - {scope: /v1/search, permits: 9000, window: 60s, cost: 100, cost_from: /extensions/cost/actual}
                  - {scope: token, permits: 10000, window: 1d, kind: fixed, zone: America/Los_Angeles}
                  - {scope: token, permits: 90000, window: 1mo, kind: fixed, zone: UTC}
                  - {scope: token, permits: 50, window: 12h, kind: fixed-from-first}
                  - {scope: token, permits: 300, window: 15m, kind: counter}
                  - {scope: token, permits: 1200, window: 5m, kind: fixed, penalty: 5m}
                leave: 30%
            """).source(null).limits();
        assertThat(limits.limits())
                .containsExactly(
                        new ScopedLimit("token", Limit.parse("180/60s"), new QuotaKind.Sliding(true)),
                        new ScopedLimit("/v1/orders", Limit.parse("2/1s"), new QuotaKind.Bucket(40)),
                        new ScopedLimit("/v1/lookup", Limit.parse("1/1s"), new QuotaKind.Spacing()),
                        new ScopedLimit(
                                        "/v1/search",
                                        Limit.parse("9000/60s"),
                                        new QuotaKind.Unstated(),
                                        100,
                                        Optional.empty())
                                .settledByAnswers(),
                        new ScopedLimit(
                                "token",
                                Limit.parse("10000/1d"),
                                new QuotaKind.Calendar(ZoneId.of("America/Los_Angeles"))),
                        new ScopedLimit(
                                "token",
                                new Limit(90_000, QuotaKind.Calendar.MONTH),
                                new QuotaKind.Calendar(ZoneId.of("UTC"))),
                        new ScopedLimit("token", Limit.parse("50/12h"), new QuotaKind.FromFirst()),
                        new ScopedLimit("token", Limit.parse("300/15m"), new QuotaKind.Counter()),
                        new ScopedLimit(
                                "token",
                                Limit.parse("1200/5m"),
                                new QuotaKind.Fixed(),
                                1,
                                Optional.of(Duration.ofMinutes(5))));
        assertThat(limits.inFlight()).containsExactly(new InFlightLimit("token", 10));
        assertThat(limits.costFrom()).hasValueSatisfying(at -> assertThat(at).hasToString("/extensions/cost/actual"));
        assertThat(limits.leave()).isEqualTo(0.3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {scope: token, permits: 5, window: 1s, burst: 5}                        | burst is for kind: bucket only
        {scope: token, permits: 5, window: 1mo}                                 | a month has no length of its own
        {scope: token, permits: 5, window: 7h, kind: fixed, zone: UTC}          | windows of a calendar are
        {scope: token, permits: 5, window: 1d, kind: fixed, zone: Moon}         | expected a zone
        {scope: token, permits: 5, window: 1d, kind: leaky}                     | one of sliding, counter, fixed
        {scope: token, permits: 5, window: 1s, cost: 6}                         | cost lies between 1 and 5
        {scope: token, in_flight: 5, permits: 5}                                | permits
        """)
    void refusesALimitThatCannotBe(String limit, String says) {
        assertThatThrownBy(() -> read("""
            version: 1
            catalog: catalog.csv
            sources:
              shop:
                profile: spotify-for-artists
                limits: [%s]
            """.formatted(limit)))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("tactus.yaml:6")
                .hasMessageContaining(says);
    }

    @Test
    void neverShowsASecret() throws IOException {
        assertThat(read(WHOLE).toString()).doesNotContain("s3cret").doesNotContain("k3y");
    }

    @Test
    void readsASecretFromAFile() throws IOException {
        Files.writeString(folder.resolve("secret"), "from-file\n");

        Configuration configuration =
                read(WHOLE.replace("client_secret: ${SPOTIFY_CLIENT_SECRET}", "client_secret_file: secret"));

        assertThat(configuration.source(null).settings().credentials().get("client_secret"))
                .isEqualTo("from-file");
    }

    @Test
    void takesTheProfilesOwnAddressWhereNoneIsSaid() throws IOException {
        Configuration configuration = read("""
            version: 1
            catalog: catalog.csv
            sources: {deezer: {profile: deezer}}
            """);

        assertThat(configuration.source("deezer").settings().baseUrl()).isEqualTo(URI.create("https://api.deezer.com"));
        assertThat(configuration.ledger().file()).contains(folder.resolve("ledger.db"));
        assertThat(configuration.lake()).isEqualTo(LakePlace.in(folder.resolve("lake")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        version: 1                      | version: 2                     | :1: version: this Tactus reads version 1
        catalog: data/catalog.csv       | katalog: data/catalog.csv      | :2: katalog: this key is not known; did you mean "catalog"?
        catalog: data/catalog.csv       | catalog:                       | "catalog" is missing
        ledger: ./ledger.db             | ledger: jdbc:mysql://db/x      | :4: ledger: expected a file, such as ./ledger.db, or a server, such as jdbc:postgresql://host/database
        lake: /srv/lake                 | lake: s3://bucket/lake         | :5: lake: a lake in a store needs its catalog beside it
        lake: /srv/lake                 | lake: {type: rest}             | lake.type: this key is not known
        lake: /srv/lake                 | lake: {warehouse: s3://bucket, catalog: {type: hive, uri: http://x}} | expected jdbc or rest
        lake: /srv/lake                 | lake: {warehouse: s3://bucket, catalog: {type: rest, uri: x}} | expected an address such as http://127.0.0.1:8181
        lake: /srv/lake                 | lake: {warehouse: http://b, catalog: {type: jdbc, uri: jdbc:sqlite:c.db}} | expected s3://bucket
        lake: /srv/lake                 | lake: {warehouse: s3://bucket, catalog: {type: jdbc, uri: jdbc:mysql://x}} | expected jdbc:sqlite:FILE or jdbc:postgresql
        base_url: https                 | base_url: ftp                  | sources.spotify.base_url: expected an address such as https://api.example.com
        permits: 180                    | permits: many                  | expected a whole number
        scope: /v1/search               | scope: search                  | neither "token" nor a path prefix
        window: 60s}                    | window: 1 minute}              | expected a duration such as
        concurrency: 10                 | concurency: 10                 | :16: sources.spotify.concurency: this key is not known; did you mean "concurrency"?
        concurrency: 10                 | cadence: {tracks: hourly}      | sources.spotify.cadence.tracks: expected daily, weekly or monthly
        concurrency: 10                 | cadence: {streams: weekly}     | sources.spotify.cadence.streams: this key is not known
        concurrency: 10                 | concurrency: 0                 | expected a whole number from 1 to 1000
        "06:00Z"                        | six                            | expected a time of day with its offset
        dead_letters: 0.1%              | dead_letters: 110%             | expected a share from 0% to 100%
        on: [drift, deadline]           | on: [drifts]                   | expected one of drift, dead_letter, incomplete, deadline, found "drifts"
        spotify:                        | Spotify UK:                    | a source's name is made of
        version: 1                      | version: [1                    | tactus.yaml
        """)
    void refusesWithPlaceAndRemedy(String right, String wrong, String says) {
        assertThatThrownBy(() -> read(WHOLE.replace(right, wrong)))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("tactus.yaml")
                .hasMessageContaining(says);
    }

    @Test
    void aServerMayKeepTheCatalog() throws IOException {
        LakePlace lake = read(WHOLE.replace(
                        "lake: /srv/lake",
                        "lake: {warehouse: s3://labels/tactus, catalog: {type: rest, uri: http://catalog:8181/api,"
                                + " warehouse: labels, token_file: secret}}"))
                .lake();

        assertThat(lake.folder()).isEmpty();
        assertThat(lake.catalog())
                .isEqualTo(new CatalogService(
                        URI.create("http://catalog:8181/api"),
                        Optional.of("labels"),
                        new CatalogToken.InFile(folder.resolve("secret"))));
        assertThat(read(WHOLE.replace(
                                "lake: /srv/lake", "lake: {warehouse: ./files, catalog: {type: rest, uri: http://x}}"))
                        .lake()
                        .folder())
                .contains(folder.resolve("files"));
    }

    @Test
    void missesAVariableOfASourceOnlyWhenItIsToBeCalled() throws IOException {
        SourceConfiguration spotify = read(WHOLE.replace("${SPOTIFY_CLIENT_ID}", "${SPOTIFY_CLIENT_IT}"))
                .source(null);

        assertThat(spotify.offlineSettings().profile().name()).isEqualTo("spotify-for-artists");
        assertThatThrownBy(spotify::settings)
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(":11: sources.spotify.client_id: the variable SPOTIFY_CLIENT_IT is not set");
    }

    @Test
    void missesASecretsFileOnlyWhenTheSourceIsToBeCalled() throws IOException {
        SourceConfiguration spotify = read(WHOLE.replace(
                        "client_secret: ${SPOTIFY_CLIENT_SECRET}", "client_secret_file: absent"))
                .source(null);

        assertThat(spotify.offlineSettings().limits().limits()).hasSize(2);
        assertThatThrownBy(spotify::settings).hasMessageContaining("cannot read " + folder.resolve("absent"));
    }

    @Test
    void missesAVariableOfAnAlertOnlyWhenItIsToBeSent() throws IOException {
        Configuration configuration = read(WHOLE.replace("${ALERT_WEBHOOK}", "${ALERT_WEBHOCK}"));

        assertThatThrownBy(() -> configuration.alerts().get())
                .hasMessageContaining("the variable ALERT_WEBHOCK is not set");
    }

    @Test
    void mailThatCanNotBeSentIsRefusedWhereItIsRead() throws IOException {
        assertThat(mail("user: a, password: b, to: [{address: ada@example.com}]"))
                .isEqualTo("[EventReceiver[ada@example.com]]");
        assertThat(mail("to: [{address: a@b.com}, {address: a@b.com, types: [run]}]"))
                .contains("serve.mail.to[1]: a@b.com stands twice");
        assertThat(mail("to: [{address: 'Ada <ada@example.com>'}]"))
                .contains("serve.mail.to[0].address: expected an address such as royalties@example.com");
        assertThat(mail("password: b, to: []")).contains("serve.mail.password: a password needs a user");
        assertThat(mail("user: a, to: []")).contains("serve.mail: \"password\" is missing");
        assertThat(mail("user: a, password: '${SMTP_PASSWORT}', to: []")).contains("SMTP_PASSWORT is not set");
    }

    private String mail(String more) throws IOException {
        try {
            return read("version: 1\ncatalog: catalog.csv\nserve:\n"
                            + "  mail: {host: smtp.example.com, from: tactus@example.com, " + more + "}\n")
                    .serve()
                    .receivers()
                    .get()
                    .toString();
        } catch (InvalidConfiguration e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void asksForCredentialsWhereTheProfileNeedsThem() throws IOException {
        Configuration configuration = read("""
            version: 1
            catalog: catalog.csv
            sources: {spotify: {profile: spotify-for-artists}}
            """);

        assertThatThrownBy(() -> configuration.source(null).settings())
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("client_id and client_secret");
    }

    @Test
    void wantsToKnowWhichOfSeveralSources() throws IOException {
        Configuration configuration = read("""
            version: 1
            catalog: catalog.csv
            sources: {one: {profile: deezer}, two: {profile: deezer}}
            """);

        assertThatThrownBy(() -> configuration.source(null)).hasMessageContaining("--source one|two");
        assertThatThrownBy(() -> configuration.source("three")).hasMessageContaining("no such source, only one, two");
        assertThat(configuration.source("two").name()).isEqualTo("two");
    }

    @Test
    void knowsAServiceOfReportsByTheSourcesNameAndItsProfiles() throws IOException {
        ServiceSources services =
                read(WHOLE.replace("  spotify:", "  our-name:")).services();

        assertThat(services.source("Spotify")).contains("our-name");
        assertThat(services.source("Our Name")).contains("our-name");
        assertThat(services.source("Deezer")).isEmpty();
    }

    @Test
    void knowsAServiceByWhatReportsCallIt() throws IOException {
        ServiceSources services = read(WHOLE.replace("concurrency: 10", "reports_as: [Spotify AB, \"SPOT-1\"]"))
                .services();

        assertThat(services.source("spotify ab")).contains("spotify");
        assertThat(services.source("spot1")).contains("spotify");
        assertThat(services.source("Spotify")).isEmpty();
    }

    @Test
    void guessesNothingWhereTwoSourcesShareAProfile() throws IOException {
        ServiceSources services = read("""
            version: 1
            catalog: catalog.csv
            sources: {one: {profile: deezer}, two: {profile: deezer}}
            """).services();

        assertThat(services.source("Deezer")).isEmpty();
        assertThat(services.source("one")).contains("one");
    }

    @Test
    void refusesTwoSourcesThatClaimOneService() throws IOException {
        Configuration configuration = read("""
            version: 1
            catalog: catalog.csv
            sources: {one: {profile: deezer, reports_as: Deezer}, two: {profile: deezer, reports_as: deezer}}
            """);

        assertThatThrownBy(configuration::services).hasMessageContaining("one and two both claim");
    }

    @Test
    void readsTheRulesOfReconciling() throws IOException {
        Configuration configuration = read(WHOLE + "reconcile: {tolerance: {relative: 2%}, folder: out}\n");

        assertThat(configuration.rules().relative()).isEqualByComparingTo("0.02");
        assertThat(configuration.reconciled()).isEqualTo(folder.resolve("out"));
        assertThat(read(WHOLE).rules()).isEqualTo(ReconciliationRules.defaults());
    }

    @Test
    void theTemplateOfInitIsAConfiguration() throws IOException {
        assertThat(read(BundledText.text("tactus.yaml")).sources()).containsOnlyKeys("spotify");
    }

    private Configuration read(String yaml) throws IOException {
        Path file = folder.resolve("tactus.yaml");
        Files.writeString(file, yaml);
        return Configuration.read(file, VARIABLES::get);
    }
}
