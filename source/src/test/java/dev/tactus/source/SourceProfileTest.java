package dev.tactus.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.music.Dataset;
import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.source.contract.StrictJson;
import dev.tactus.source.profile.SourceProfile;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.ResolveResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceProfileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void shipsSpotifyForArtists() {
        SourceProfile profile = SourceProfile.load("spotify-for-artists", folder);

        assertThat(profile.name()).isEqualTo("spotify-for-artists");
        assertThat(profile.authenticates()).isTrue();
        assertThat(profile.datasets()).containsExactly(Dataset.TRACKS, Dataset.STREAMS, Dataset.LISTENERS);
        assertThat(profile.resolves()).isTrue();
        assertThat(profile.resolveLandsTracks()).isTrue();
        assertThat(profile.resolvePath()).isEqualTo("/v1/search");
        assertThat(profile.path(Dataset.LISTENERS)).isEqualTo("/v1/listeners");
        assertThat(profile.batchSize(Dataset.STREAMS)).isEqualTo(50);
        assertThat(profile.limits().limits()).isEmpty();
        assertThat(profile.paths()).containsExactly("/v1/search", "/v1/tracks", "/v1/streams", "/v1/listeners");
        assertThat(profile.precision()).isEqualTo(Duration.ofMillis(1));
        assertThat(profile.resolvedIdsFresh()).isEqualTo(Duration.ofDays(30));
        assertThat(profile.absentIdsFresh()).isEqualTo(Duration.ofHours(20));
        assertThat(profile.pendingRetry()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void shipsDeezer() {
        SourceProfile profile = SourceProfile.load("deezer", folder);

        assertThat(profile.authenticates()).isFalse();
        assertThat(profile.resolves()).isFalse();
        assertThat(profile.datasets()).containsExactly(Dataset.TRACKS);
        assertThat(profile.batchSize(Dataset.TRACKS)).isEqualTo(1);
        assertThat(profile.path(Dataset.TRACKS)).isEqualTo("/track");
        assertThat(profile.limits().limits())
                .containsExactly(new ScopedLimit("token", new Limit(50, Duration.ofSeconds(5))));
        assertThat(profile.precision()).isEqualTo(Duration.ofSeconds(1));
        assertThatThrownBy(() -> profile.path(Dataset.STREAMS))
                .hasMessageContaining("deezer has no streams, only tracks");
    }

    @Test
    void saysWhichProfilesThereAre() {
        assertThatThrownBy(() -> SourceProfile.load("spotify", folder))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContainingAll(
                        "\"spotify\"", "spotify-for-artists", "deezer", folder.resolve("spotify") + "");
    }

    @Test
    void extendsABundledProfileKeyByKey() throws IOException {
        write("mine.yaml", """
                profile: 1
                name: mine
                extends: spotify-for-artists
                pending_retry: 1m
                resolve: {query: {limit: 10}}
                datasets: {streams: {batch: 20}}
                """);
        SourceProfile mine = SourceProfile.load("mine.yaml", folder);

        assertThat(mine.name()).isEqualTo("mine");
        assertThat(mine.pendingRetry()).isEqualTo(Duration.ofMinutes(1));
        assertThat(mine.resolvedIdsFresh()).isEqualTo(Duration.ofDays(30));
        assertThat(mine.batchSize(Dataset.STREAMS)).isEqualTo(20);
        assertThat(mine.batchSize(Dataset.LISTENERS)).isEqualTo(50);
        assertThat(mine.resolveEndpoint().render(List.of(SourceFixture.ref(1)), SourceFixture.DAY))
                .isEqualTo("/v1/search?q=isrc:USAAA2600001&type=track&limit=10");
    }

    @Test
    void replacesASingleSchemaOfABundledProfile() throws IOException {
        write("profiles/strict.json", "{\"type\":\"object\",\"properties\":{\"name\":{\"maxLength\":3}}}");
        write("profiles/mine.yaml", "profile: 1\nextends: spotify-for-artists\nresolve: {item_schema: strict.json}\n");
        SourceProfile mine = SourceProfile.load("profiles/mine.yaml", folder);

        var result = new ResponseReader(mine.resolveEndpoint(), new UnknownFieldLog("mine"))
                .resolve(
                        SourceFixture.isrc(1),
                        StrictJson.parse(SpotifyPayloads.search(SpotifyPayloads.track(1))),
                        new RecordedExchange("/v1/search", "/v1/search", 200, SourceFixture.NOW, new byte[0], "00"));
        assertThat(result)
                .isInstanceOfSatisfying(
                        ResolveResult.Rejected.class,
                        rejected -> assertThat(rejected.rejections())
                                .singleElement()
                                .extracting(PayloadRejection::pointer)
                                .isEqualTo("/tracks/items/0/name"));
    }

    @Test
    void refusesWhatCannotBeRightByFileLineAndKey() throws IOException {
        assertRefused("resolve: {pathe: /x}", "mine.yaml:3", "resolve.pathe", "did you mean \"path\"");
        assertRefused("resolve: {path: v1/search}", "mine.yaml:3", "resolve.path", "starts with a slash");
        assertRefused("resolve: {query: {q: \"{isrk}\"}}", "{isrk}", "{isrc}, {ids} and {day}");
        assertRefused("resolve: {query: {q: all}}", "needs {isrc}");
        assertRefused(
                "resolve: {schema: nowhere.json}", "mine.yaml:3", "resolve.schema", "nowhere.json", "can't be read");
        assertRefused("resolve: {items: tracks}", "expected a JSON pointer such as /tracks/items, found \"tracks\"");
        assertRefused(
                "datasets: {streams: {query: {date: today}}}",
                "needs {day} in its path or query, or rows that tell their day");
        assertRefused("datasets: {plays: {path: /x}}", "datasets.plays", "streams");
        assertRefused("errors: [{means: throttled}]", "mine.yaml:3", "needs a status or a pointer");
        assertRefused("errors: [{status: 403, means: quota}]", "expected one of throttled, not_found", "\"quota\"");
        assertRefused(
                "auth: {kind: oauth}",
                "\"oauth\" is not known; one of none, api_key, bearer, basic, client_credentials");
        assertRefused("track: {duration: {unit: m}}", "expected ms, s or iso8601");
        assertRefused("duration_precision: soon", "expected a duration");
        assertRefused("profile_version: 2", "profile_version");
    }

    @Test
    void refusesASchemaThatIsNone() throws IOException {
        write("broken.json", "{\"type\":");
        assertRefused("resolve: {schema: broken.json}", "resolve.schema", "not JSON");
        write("wrong.json", "{\"type\":\"strnig\"}");
        assertRefused("resolve: {schema: wrong.json}", "resolve.schema", "not a JSON Schema (2020-12)");
        write("astray.json", "{\"$ref\":\"#/$defs/nowhere\"}");
        assertRefused("resolve: {schema: astray.json}", "resolve.schema", "nowhere");
    }

    @Test
    void neverFetchesASchemaFromTheNetwork() throws IOException {
        write("remote.json", "{\"$ref\":\"http://127.0.0.1:9/schema.json\"}");
        assertRefused("resolve: {schema: remote.json}", "resolve.schema", "127.0.0.1:9");
    }

    @Test
    void refusesProfilesThatExtendOneAnotherInACircle() throws IOException {
        write("a.yaml", "profile: 1\nextends: b.yaml\n");
        write("b.yaml", "profile: 1\nextends: a.yaml\n");

        assertThatThrownBy(() -> SourceProfile.load("a.yaml", folder))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("circle");
    }

    private void assertRefused(String line, String... says) throws IOException {
        write("mine.yaml", "profile: 1\nextends: spotify-for-artists\n" + line + "\n");
        assertThatThrownBy(() -> SourceProfile.load("mine.yaml", folder))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContainingAll(says);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
