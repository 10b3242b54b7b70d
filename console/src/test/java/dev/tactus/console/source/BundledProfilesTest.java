package dev.tactus.console.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.CommandResult;
import dev.tactus.console.source.StandInService.Answer;
import dev.tactus.console.source.StandInService.Ask;
import dev.tactus.source.profile.SourceProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each bundled profile against a service that answers as its documents show: from check to the rows in the lake.
class BundledProfilesTest {
    private static final int RECORDINGS = 7;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    static Stream<String> names() {
        return SourceProfile.bundled().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void isWithoutError(String name) {
        CommandResult result = CommandResult.of("profile", "check", name, "--json");

        assertThat(result.exit()).as(result.out()).isZero();
        assertThat(result.json().path("errors")).isEmpty();
    }

    @Test
    void appleMusic() throws Exception {
        SigningKeys keys = SigningKeys.of("ES256");
        Function<Ask, Answer> answers = ask -> {
            if (!keys.signed(ask, "")) {
                return Answer.json(401, "");
            }
            if (ask.path().equals("/v1/storefronts/de")) {
                return Answer.json("{\"data\": [{\"id\": \"de\", \"type\": \"storefronts\"}]}");
            }
            if (!ask.path().equals("/v1/catalog/de/songs")
                    || ask.list("filter[isrc]").size() > 25) {
                return Answer.json(400, "{\"errors\": [{\"status\": \"400\"}]}");
            }
            return Answer.json(ask.list("filter[isrc]").stream()
                    .flatMap(isrc -> SongService.tracks(isrc).stream().map(id -> """
                            {"id": "%s", "type": "songs", "href": "/v1/catalog/de/songs/%s", "attributes":
                            {"albumName": "Album", "genreNames": ["Music"], "trackNumber": 1,
                            "durationInMillis": 180000, "releaseDate": "2022-06-09", "isrc": "%s",
                            "artistName": "Ann & Bo", "name": "Title %s", "contentRating": "explicit"}}""".formatted(id, id, isrc, id)))
                    .collect(Collectors.joining(",", "{\"data\": [", "]}")));
        };
        lands(
                "apple-music",
                answers,
                "parameters: {storefront: de}\n"
                        + "credentials: {key_id: KEY1, issuer: LABEL, private_key_file: key.p8}",
                keys.pem(),
                "180000,true");
    }

    @Test
    void spotifyWebApi() throws IOException {
        Function<Ask, Answer> answers = ask -> {
            if (ask.path().equals("/token")) {
                return Answer.json("{\"access_token\": \"t\", \"token_type\": \"Bearer\", \"expires_in\": 3600}");
            }
            if (!ask.header("authorization").equals("Bearer t")) {
                return Answer.json(401, "{\"error\": {\"status\": 401, \"message\": \"No token provided\"}}");
            }
            if (!ask.path().equals("/v1/search") || Integer.parseInt(ask.parameter("limit")) > 10) {
                return Answer.json(403, "{\"error\": {\"status\": 403, \"message\": \"Forbidden\"}}");
            }
            String isrc = ask.parameter("q").replace("isrc:", "");
            return Answer.json(SongService.tracks(isrc).stream()
                    .map(id -> """
                            {"type": "track", "id": "%s", "uri": "spotify:track:%s", "name": "Title %s",
                            "duration_ms": 180000, "explicit": true, "external_ids": {"isrc": "%s"},
                            "artists": [{"id": "a", "name": "Ann"}], "album": {"id": "b", "name": "Album",
                            "release_date": "2022-06-09", "release_date_precision": "day"}}""".formatted(id, id, id, isrc))
                    .collect(Collectors.joining(
                            ",",
                            "{\"tracks\": {\"href\": \"x\", \"items\": [",
                            "], \"limit\": 10, \"offset\": 0, \"total\": 1, \"next\": null, \"previous\": null}}")));
        };
        lands("spotify-web-api", answers, "client_id: label\nclient_secret: s3cret", "", "180000,true");
    }

    /// The answer to a lookup as the vendor's document shows it, with each ISRC in place of its own.
    @Test
    void musicBrainz() throws IOException {
        Function<Ask, Answer> answers = ask -> {
            if (!ask.header("user-agent").contains("ann@label.example")) {
                return Answer.json(403, "{\"error\": \"no user agent\"}");
            }
            String isrc = ask.path().replace("/ws/2/isrc/", "");
            return Answer.json(SongService.tracks(isrc).stream()
                    .map(id -> """
                            {"id": "%s", "title": "Title %s", "length": null, "video": false, "disambiguation": "",
                            "first-release-date": "2022-06-09", "artist-credit": [{"name": "Ann", "joinphrase": "",
                            "artist": {"id": "5b11f4ce", "name": "Ann", "sort-name": "Ann"}}]}""".formatted(mbid(id), id))
                    .collect(Collectors.joining(",", "{\"isrc\": \"" + isrc + "\", \"recordings\": [", "]}")));
        };
        SourceFolder house = house("musicbrainz", answers, "parameters: {contact: ann@label.example}", "");
        house.holds(
                "SELECT isrc, track_id, title FROM tracks",
                SourceFolder.isrcs(RECORDINGS).stream()
                        .flatMap(isrc ->
                                SongService.tracks(isrc).stream().map(id -> isrc + "," + mbid(id) + ",Title " + id))
                        .toList());
    }

    @Test
    void tidal() throws IOException {
        Function<Ask, Answer> answers = ask -> {
            if (ask.path().equals("/token")) {
                return ask.header("authorization")
                                .equals("Basic "
                                        + Base64.getEncoder()
                                                .encodeToString("label:s3cret".getBytes(StandardCharsets.UTF_8)))
                        ? Answer.json("{\"access_token\": \"t\", \"token_type\": \"Bearer\", \"expires_in\": 86400}")
                        : Answer.json(401, "{\"error\": \"invalid_client\"}");
            }
            if (!ask.header("authorization").equals("Bearer t")
                    || !ask.header("accept").equals("application/vnd.api+json")) {
                return Answer.json(401, "{\"errors\": [{\"status\": \"401\"}]}");
            }
            List<String> ids = SongService.tracks(ask.parameter("filter[isrc]"));
            int from = ask.parameter("page[cursor]").isEmpty() ? 0 : 1;
            String next = from + 1 < ids.size()
                    ? "\"/tracks?countryCode=DE&filter%5Bisrc%5D=" + ask.parameter("filter[isrc]")
                            + "&page%5Bcursor%5D=c1\""
                    : "null";
            return Answer.json("""
                    {"data": [{"id": "%s", "type": "tracks", "attributes": {"title": "Title %s", "isrc": "%s",
                    "duration": "PT3M", "explicit": true, "popularity": 0.7}}], "links": {"self": "/tracks", "next": %s}}""".formatted(ids.get(from), ids.get(from), ask.parameter("filter[isrc]"), next));
        };
        lands(
                "tidal",
                answers,
                "parameters: {country: DE}\nclient_id: label\nclient_secret: s3cret\n"
                        + "limits: [{scope: token, permits: 100, window: 1s}]",
                "",
                "180000,true");
    }

    @Test
    void soundcharts() throws IOException {
        Function<Ask, Answer> answers = ask -> {
            if (!ask.header("x-app-id").equals("label")
                    || !ask.header("x-api-key").equals("s3cret")) {
                return Answer.json(401, "{\"errors\": [{\"key\": \"\", \"code\": 401, \"message\": \"no\"}]}");
            }
            String isrc = ask.path().replace("/api/v2.25/song/by-isrc/", "");
            if (!isrc.startsWith("DEA33")) {
                return Answer.json(404, "{\"errors\": [{\"key\": \"\", \"code\": 404, \"message\": \"no\"}]}");
            }
            String id = SongService.tracks(isrc).getFirst();
            return Answer.json("""
                    {"type": "song", "object": {"uuid": "%s", "name": "Title %s", "isrc": {"value": "%s",
                    "countryCode": "DE", "countryName": "Germany"}, "creditName": "Ann", "artists": [{"uuid": "u",
                    "slug": "ann", "name": "Ann", "appUrl": "", "imageUrl": ""}], "releaseDate":
                    "2026-02-04T03:15:07+00:00", "duration": 180, "explicit": true}, "errors": []}""".formatted(id, id, isrc));
        };
        SourceFolder house = house("soundcharts", answers, "credentials: {app_id: label, api_key: s3cret}", "");
        house.holds("SELECT isrc, track_id, title, duration_ms, explicit FROM tracks", firstOf("180000,true"));
    }

    @Test
    void songstats() throws IOException {
        Function<Ask, Answer> answers = ask -> {
            if (!ask.header("apikey").equals("s3cret")) {
                return Answer.json(401, "{\"message\": \"Unauthorized\"}");
            }
            String isrc = ask.parameter("isrc");
            return isrc.startsWith("DEA33")
                    ? Answer.json("""
                            {"songstats_track_id": "%1$s", "title": "Title %1$s", "artists": ["Ann"], "isrc": "%2$s",
                            "genres": [], "release_date": "2022-06-09"}""".formatted(SongService.tracks(isrc).getFirst(), isrc))
                    : Answer.json(404, "{\"message\": \"not found\"}");
        };
        SourceFolder house = house("songstats", answers, "credentials: {api_key: s3cret}", "");
        house.holds("SELECT isrc, track_id, title, duration_ms, explicit FROM tracks", firstOf("0,"));
    }

    private static List<String> firstOf(String more) {
        return SourceFolder.isrcs(RECORDINGS).stream()
                .map(isrc -> isrc + "," + SongService.tracks(isrc).getFirst() + ",Title "
                        + SongService.tracks(isrc).getFirst() + "," + more)
                .toList();
    }

    private static String mbid(String id) {
        return "fcbcdc39-8851-4efc-a02a-0000000" + String.format("%5s", id).replace(' ', '0');
    }

    private void lands(String profile, Function<Ask, Answer> answers, String source, String key, String more)
            throws IOException {
        SourceFolder house = house(profile, answers, source, key);
        house.holds(
                "SELECT isrc, track_id, title, duration_ms, explicit FROM tracks",
                SourceFolder.isrcs(RECORDINGS).stream()
                        .flatMap(isrc -> SongService.tracks(isrc).stream()
                                .map(id -> isrc + "," + id + ",Title " + id + "," + more))
                        .toList());
    }

    /// Checks, plans and syncs; the service refuses once.
    private SourceFolder house(String profile, Function<Ask, Answer> answers, String source, String key)
            throws IOException {
        AtomicBoolean refused = new AtomicBoolean();
        try (StandInService service = StandInService.start(ask -> ask.number() > 4 && refused.compareAndSet(false, true)
                ? Answer.json(profile.equals("musicbrainz") ? 503 : 429, "{}").with("Retry-After", "0")
                : answers.apply(ask))) {
            SourceFolder house = new SourceFolder(
                    folder,
                    RECORDINGS,
                    "profile: " + profile + "\nbase_url: " + service.uri() + "\n"
                            + (source.contains("client_id") ? "token_url: " + service.uri() + "/token\n" : "")
                            + source);
            house.write("key.p8", key);
            CommandResult check = house.run("check");
            assertThat(check.exit()).as(check.out() + check.err()).isZero();
            CommandResult plan = house.run("plan", "--day", SourceFolder.DAY, "--datasets", "tracks", "--json");
            assertThat(plan.exit()).as(plan.out() + plan.err()).isZero();
            CommandResult sync = house.sync("--json");
            assertThat(sync.exit()).as(sync.out() + sync.err()).isZero();
            assertThat(sync.json().path("throttled").intValue()
                            + service.asked().size())
                    .isPositive();
            CommandResult audit = house.run("audit");
            assertThat(audit.exit()).as(audit.out() + audit.err()).isZero();
            if (source.contains("s3cret")) {
                house.nowhere("s3cret", check, sync, audit);
            }
            return house;
        }
    }
}
