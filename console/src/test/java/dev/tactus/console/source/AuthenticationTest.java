package dev.tactus.console.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.CommandResult;
import dev.tactus.console.source.StandInService.Answer;
import dev.tactus.console.source.StandInService.Ask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ways to prove who asks, each against a service that insists on it.
class AuthenticationTest {
    private static final String SECRET = "s3cret-k3y";
    private static final int RECORDINGS = 30;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void anApiKeyInAHeader() throws IOException {
        proves(
                "{kind: api_key, header: X-Api-Key}",
                "credentials: {api_key: \"${SECRET}\"}",
                ask -> ask.header("x-api-key").equals(SECRET));
    }

    @Test
    void anApiKeyInTheQuery() throws IOException {
        proves(
                "{kind: api_key, query: api_key}",
                "credentials: {api_key: \"${SECRET}\"}",
                ask -> ask.parameter("api_key").equals(SECRET));
    }

    @Test
    void aKeyBehindAWordOfItsOwn() throws IOException {
        proves(
                "{kind: api_key, header: Authorization, prefix: \"Discogs token=\"}",
                "credentials: {api_key: \"${SECRET}\"}",
                ask -> ask.header("authorization").equals("Discogs token=" + SECRET));
    }

    @Test
    void aBearerToken() throws IOException {
        proves(
                "{kind: bearer}",
                "credentials: {token: \"${SECRET}\"}",
                ask -> ask.header("authorization").equals("Bearer " + SECRET));
    }

    @Test
    void aUserAndAPassword() throws IOException {
        String pair = Base64.getEncoder().encodeToString(("ann:" + SECRET).getBytes(StandardCharsets.UTF_8));
        proves(
                "{kind: basic}",
                "credentials: {username: ann, password: \"${SECRET}\"}",
                ask -> ask.header("authorization").equals("Basic " + pair));
    }

    @Test
    void severalAtOnce() throws IOException {
        proves(
                "[{kind: api_key, header: x-app-id, credential: app_id}, {kind: api_key, header: x-api-key}]",
                "credentials: {app_id: label, api_key: \"${SECRET}\"}",
                ask -> ask.header("x-app-id").equals("label")
                        && ask.header("x-api-key").equals(SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: client_credentials}",
                "{kind: client_credentials, client: body, fields: {scope: read}}",
                "{kind: refresh_token, client: body}",
                "{kind: refresh_token, client: none, format: json, fields: {client_secret: \"{client_secret}\"}}"
            })
    void aTokenThatIsIssued(String auth) throws IOException {
        AtomicInteger tokens = new AtomicInteger();
        boolean refreshing = auth.contains("refresh_token");
        String more = refreshing ? "credentials: {refresh_token: refresh-me}" : "";
        String id = auth.contains("client: none") ? "" : "client_id: label\n";
        try (StandInService service = StandInService.start(ask -> {
            if (ask.path().equals("/token")) {
                boolean known = ask.body().contains(SECRET)
                        || new String(
                                        Base64.getDecoder()
                                                .decode(ask.header("authorization")
                                                        .replace("Basic ", "")),
                                        StandardCharsets.UTF_8)
                                .equals("label:" + SECRET);
                return known && ask.body().contains(refreshing ? "refresh-me" : "client_credentials")
                        ? Answer.json(
                                "{\"access_token\": \"token-" + tokens.incrementAndGet() + "\", \"expires_in\": 3600}")
                        : Answer.json(401, "{\"error\": \"invalid_client\"}");
            }
            return ask.header("authorization").equals("Bearer token-" + tokens.get())
                    ? SongService.answer(ask)
                    : Answer.json(401, "{\"error\": \"no token\"}");
        })) {
            lands(
                    service,
                    auth,
                    "token_url: " + service.uri() + "/token\n" + id + "client_secret: ${SECRET}\n" + more,
                    "token received");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256"})
    void aTokenThatWeSign(String algorithm) throws Exception {
        SigningKeys keys = SigningKeys.of(algorithm);
        try (StandInService service = StandInService.start(ask -> keys.signed(ask, "songs")
                ? SongService.answer(ask)
                : Answer.json(401, "{\"errors\": [{\"status\": \"401\"}]}"))) {
            SourceFolder house = lands(
                    service,
                    "{kind: jwt, algorithm: " + algorithm + ", audience: songs, lifetime: 2m}",
                    "credentials: {key_id: KEY1, issuer: LABEL, private_key_file: key.p8}",
                    keys.pem(),
                    "credentials accepted");

            house.write("key.p8", SigningKeys.of(algorithm).pem());
            CommandResult wrong = house.run("check");
            assertThat(wrong.exit()).isNotZero();
            assertThat(wrong.out()).contains("returns 401", "check key_id, issuer, private_key");
            house.write("key.p8", "-----BEGIN EC PRIVATE KEY-----\nMHcCAQ\n-----END EC PRIVATE KEY-----\n");
            assertThat(house.run("check").out()).contains("private_key can't be used", "openssl pkcs8 -topk8");
        }
    }

    @Test
    void anAssertionThatWeSignForATokenThatIsIssued() throws Exception {
        SigningKeys keys = SigningKeys.of("RS256");
        try (StandInService service = StandInService.start(ask -> {
            if (ask.path().equals("/token")) {
                String assertion = ask.body().replaceFirst(".*assertion=([^&]*).*", "$1");
                Ask bearing = new Ask(
                        "POST", "/", Map.of(), Map.of("authorization", "Bearer " + assertion), "", ask.number());
                return ask.body().contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer")
                                && keys.signed(bearing, "songs")
                        ? Answer.json("{\"access_token\": \"token\", \"expires_in\": 3600}")
                        : Answer.json(400, "{\"error\": \"invalid_grant\"}");
            }
            return ask.header("authorization").equals("Bearer token")
                    ? SongService.answer(ask)
                    : Answer.json(401, "{}");
        })) {
            lands(
                    service,
                    "{kind: jwt_grant, algorithm: RS256, audience: songs}",
                    "token_url: " + service.uri()
                            + "/token\ncredentials: {key_id: KEY1, issuer: LABEL, private_key_file: key.p8}",
                    keys.pem(),
                    "token received");
        }
    }

    @Test
    void saysWhichCredentialsAreMissing() throws IOException {
        SourceFolder house = new SourceFolder(folder, 1, "profile: mine.yaml\nbase_url: http://127.0.0.1:9");
        house.write("songs.json", "{}");
        house.write("song.json", "{}");
        house.write("mine.yaml", SongService.profile("{kind: jwt, algorithm: ES256}", "song.json"));

        CommandResult check = house.run("check");

        assertThat(check.exit()).isEqualTo(2);
        assertThat(check.out())
                .contains("tactus.yaml:4", "needs credentials: key_id and issuer and private_key are missing");
    }

    /// A service that insists on what the predicate says, and refuses with an echo of what it was sent.
    private void proves(String auth, String credentials, Predicate<Ask> proof) throws IOException {
        try (StandInService service = StandInService.start(ask -> proof.test(ask)
                ? SongService.answer(ask)
                : Answer.json(401, "{\"error\": \"" + ask.headers() + ask.query() + "\"}"))) {
            SourceFolder house = lands(service, auth, credentials, "credentials accepted");

            house.variable("SECRET", "wr0ng-k3y");
            CommandResult wrong = house.run("check");
            assertThat(wrong.exit()).isNotZero();
            assertThat(wrong.out()).contains("returns 401", "check ");
            house.nowhere("wr0ng-k3y", wrong, house.sync("--new-run"));
        }
    }

    private SourceFolder lands(StandInService service, String auth, String source, String says) throws IOException {
        return lands(service, auth, source, "", says);
    }

    private SourceFolder lands(StandInService service, String auth, String source, String key, String says)
            throws IOException {
        SourceFolder house = new SourceFolder(
                        folder, RECORDINGS, "profile: mine.yaml\nbase_url: " + service.uri() + "\n" + source)
                .variable("SECRET", SECRET);
        house.write("songs.json", "{\"type\": \"object\", \"required\": [\"data\"]}");
        house.write("song.json", "{\"type\": \"object\", \"required\": [\"id\"]}");
        house.write("mine.yaml", SongService.profile(auth, "song.json"));
        house.write("key.p8", key);

        CommandResult check = house.run("check");
        assertThat(check.exit()).as(check.out() + check.err()).isZero();
        assertThat(check.out()).contains(says);
        CommandResult sync = house.sync("--json");
        assertThat(sync.exit()).as(sync.out() + sync.err()).isZero();
        house.holds("SELECT isrc, track_id, title, duration_ms FROM tracks", SongService.rows(RECORDINGS));
        CommandResult audit = house.run("audit");
        assertThat(audit.exit()).as(audit.out() + audit.err()).isZero();
        house.nowhere(SECRET, check, sync, audit);
        return house;
    }
}
