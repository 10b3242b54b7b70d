package dev.tactus.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.http.HttpSettings;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.source.FakeDsp.Reply;
import dev.tactus.source.profile.Credentials;
import dev.tactus.source.profile.KnownLimits;
import dev.tactus.source.profile.SourceProfile;
import dev.tactus.source.profile.SourceSettings;
import dev.tactus.source.response.ResolveResult;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A key in the query is sent, and stands nowhere else, whatever the service repeats of it.
class SecretsTest {
    private static final String KEY = "k3y+/of=mine";
    private static final String SENT = "k3y%2B%2Fof%3Dmine";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aKeyIsNoPartOfWhatIsKeptOfARequest() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> Reply.json(SpotifyPayloads.search(SpotifyPayloads.track(1))
                .replace("\"next\":null", "\"next\":\"https://x/v1/search?api_key=" + SENT + "&offset=50\"")))) {
            try (Pacer pacer = pacer(dsp.base());
                    Source source = source(dsp.base(), pacer)) {
                var found = (ResolveResult.Found) source.resolve(SourceFixture.isrc(1));

                assertThat(dsp.targets().getFirst()).endsWith("&api_key=" + SENT);
                assertThat(found.exchange().request()).doesNotContain("k3y");
                assertThat(new String(found.exchange().body(), StandardCharsets.UTF_8))
                        .contains("api_key=***")
                        .doesNotContain("k3y");

                var more = (ResolveResult.Found)
                        source.resolveMore(SourceFixture.isrc(1), found.next().orElseThrow());
                assertThat(dsp.targets().getLast()).isEqualTo("/v1/search?offset=50&api_key=" + SENT);
                assertThat(more.exchange().request()).isEqualTo("/v1/search?offset=50");
            }
        }
    }

    @Test
    void norOfWhyAnAnswerIsRejected() throws Exception {
        try (FakeDsp dsp = new FakeDsp(request -> Reply.status(400, "{\"error\":\"not with " + KEY + "\"}"))) {
            try (Pacer pacer = pacer(dsp.base());
                    Source source = source(dsp.base(), pacer)) {
                var rejected = (ResolveResult.Rejected) source.resolve(SourceFixture.isrc(1));

                assertThat(rejected.rejections().getFirst().detail()).contains("not with ***");
            }
        }
    }

    private Pacer pacer(URI base) throws IOException {
        return new Pacer(
                settings(base).pacerSettings(Duration.ofSeconds(60), Duration.ofSeconds(1)),
                Ticker.system(),
                InstantSource.system());
    }

    private Source source(URI base, Pacer pacer) throws IOException {
        return new Source(
                settings(base), pacer, Ticker.system(), InstantSource.fixed(SourceFixture.NOW), new Random(1));
    }

    private SourceSettings settings(URI base) throws IOException {
        Files.writeString(
                folder.resolve("mine.yaml"),
                "profile: 1\nextends: spotify-for-artists\nauth: {kind: api_key, query: api_key}\n");
        return new SourceSettings(
                "mine",
                SourceProfile.load("mine.yaml", folder),
                base,
                Optional.empty(),
                Credentials.of(Map.of("api_key", KEY)),
                KnownLimits.NONE,
                4,
                SourceFixture.RETRY,
                HttpSettings.defaults());
    }
}
