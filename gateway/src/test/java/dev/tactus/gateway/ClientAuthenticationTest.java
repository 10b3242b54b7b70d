package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.tactus.gateway.config.IdentificationMethod;
import dev.tactus.gateway.identity.JwtProbe;
import dev.tactus.settings.InvalidConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who a request is from.
@SuppressWarnings("JavaUtilDate") // the library's builders take nothing else
class ClientAuthenticationTest {
    @TempDir
    Path folder;

    @Test
    void knowsApplicationsByTheirBearerTokens() throws Exception {
        try (TestGateway rig = rig("identify: {bearer: true}\n" + applications("radio", "token-1"));
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/", "Authorization: Bearer token-1").status())
                    .isEqualTo(200);
            assertThat(client.get("/", "Authorization: bearer  token-1").status())
                    .isEqualTo(200);
            assertThat(client.get("/", "Authorization: Basic token-1").status()).isEqualTo(401);
            HttpTestClient.Answer unknown = client.get("/", "Authorization: Bearer token-2");
            assertThat(unknown.status()).isEqualTo(401);
            assertThat(unknown.field("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void knowsApplicationsByAClaimOfATokenThatIsVerified() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("1").generate();
        RSAKey stranger = new RSAKeyGenerator(2048).keyID("1").generate();
        Files.writeString(folder.resolve("jwks.json"), new JWKSet(key.toPublicJWK()).toString());
        try (TestGateway rig = rig("identify: {jwt_claim: client_id, keys: jwks.json}\n" + applications("radio", "x"));
                HttpTestClient client = rig.client()) {
            rig.at(Duration.ZERO);
            String good = signed(key, "radio", Duration.ofHours(1));
            assertThat(client.get("/", "Authorization: Bearer " + good).status())
                    .isEqualTo(200);
            assertThat(client.get("/", "Authorization: Bearer " + good).status())
                    .isEqualTo(200);
            assertThat(client.get("/", "Authorization: Bearer " + good + "x").status())
                    .isEqualTo(401);
            assertThat(client.get("/", "Authorization: Bearer " + signed(stranger, "radio", Duration.ofHours(1)))
                            .status())
                    .isEqualTo(401);
            assertThat(client.get("/", "Authorization: Bearer " + signed(key, "other", Duration.ofHours(1)))
                            .status())
                    .isEqualTo(401);
            assertThat(client.get("/", "Authorization: Bearer " + signed(key, "radio", Duration.ofHours(-1)))
                            .status())
                    .isEqualTo(401);
            assertThat(status(client, signed(key, "radio", Duration.ofMinutes(-1))))
                    .as("clocks differ by a minute")
                    .isEqualTo(200);
            assertThat(status(client, signed(key, "radio", Duration.ofSeconds(-61))))
                    .isEqualTo(401);
            String unsigned = new PlainJWT(claims("radio", Duration.ofHours(1))).serialize();
            assertThat(client.get("/", "Authorization: Bearer " + unsigned).status())
                    .isEqualTo(401);
            rig.at(Duration.ofHours(2));
            try (HttpTestClient later = rig.client()) {
                assertThat(later.get("/", "Authorization: Bearer " + good).status())
                        .as("expired since it was remembered")
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void takesAccessTokensOfItsIssuerForItsAudienceThatEnd() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("1").generate();
        Files.writeString(folder.resolve("jwks.json"), new JWKSet(key.toPublicJWK()).toString());
        try (TestGateway rig = rig(
                        "identify: {jwt_claim: client_id, keys: jwks.json, issuer: \"https://id\", audience: [api, b]}\n"
                                + applications("radio", "x"));
                HttpTestClient client = rig.client()) {
            JWTClaimsSet.Builder right = new JWTClaimsSet.Builder(claims("radio", Duration.ofHours(1)))
                    .issuer("https://id")
                    .audience("api");
            assertThat(status(client, signed(key, "at+jwt", right.build()))).isEqualTo(200);
            assertThat(status(client, signed(key, "JWT", right.build()))).isEqualTo(200);
            assertThat(status(client, signed(key, "other", right.build()))).isEqualTo(401);
            assertThat(status(
                            client,
                            signed(key, "at+jwt", right.issuer("https://evil").build())))
                    .isEqualTo(401);
            assertThat(status(
                            client,
                            signed(
                                    key,
                                    "at+jwt",
                                    right.issuer("https://id").audience("c").build())))
                    .isEqualTo(401);
            assertThat(status(
                            client,
                            signed(
                                    key,
                                    "at+jwt",
                                    right.audience("b").expirationTime(null).build())))
                    .as("a token for ever")
                    .isEqualTo(401);
        }
    }

    @Test
    void followsTheKeysThatTheIssuerPublishes() throws Exception {
        RSAKey first = new RSAKeyGenerator(2048).keyID("1").generate();
        RSAKey second = new RSAKeyGenerator(2048).keyID("2").generate();
        try (FakeUpstream issuer = FakeUpstream.saying(new JWKSet(first.toPublicJWK()).toString());
                TestGateway rig = rig("identify: {jwt_claim: client_id, jwks_uri: \"http://127.0.0.1:" + issuer.port()
                        + "/keys\"}\n" + applications("radio", "x"));
                HttpTestClient client = rig.client()) {
            JWTClaimsSet claims = claims("radio", Duration.ofHours(1));
            assertThat(status(client, signed(first, "JWT", claims))).isEqualTo(200);
            issuer.becomes(wire -> wire.answer(200, new JWKSet(second.toPublicJWK()).toString()));
            SignedJWT rotated = token(second, "JWT", claims);
            assertThat(status(client, rotated.serialize())).isEqualTo(401);
            TestGateway.until(() -> {
                try {
                    return status(client, rotated.serialize()) == 200;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(status(client, signed(first, "at+jwt", claims)))
                    .as("a key that was withdrawn")
                    .isEqualTo(401);
        }
    }

    /// Whoever has no account must not be able to fill the memory.
    @Test
    void tokensThatWereRefusedAreNotRemembered() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("1").generate();
        Files.writeString(folder.resolve("jwks.json"), new JWKSet(key.toPublicJWK()).toString());
        IdentificationMethod.JwtClaim how =
                new IdentificationMethod.JwtClaim("client_id", Optional.of(folder.resolve("jwks.json")));
        try (JwtProbe probe = new JwtProbe(how)) {
            for (int i = 0; i < 20_000; i++) {
                assertThat(probe.knows(i + "." + "x".repeat(31_000))).isFalse();
                assertThat(probe.knows(i + ".x.y")).isFalse();
            }
            assertThat(probe.remembered()).isZero();
        }
    }

    @Test
    void onlySoManyTokensAreRememberedAndTheLatestAmongThem() {
        try (JwtProbe probe = new JwtProbe(new IdentificationMethod.JwtClaim("client_id", Optional.empty()))) {
            for (int i = 0; i < 10_050; i++) {
                assertThat(probe.knows(new PlainJWT(claims("radio-" + i, Duration.ofHours(1))).serialize()))
                        .isTrue();
            }
            assertThat(probe.remembered()).isEqualTo(10_000);
        }
    }

    private static int status(HttpTestClient client, String token) throws IOException {
        return client.get("/", "Authorization: Bearer " + token).status();
    }

    private static String signed(RSAKey key, String type, JWTClaimsSet claims) throws Exception {
        return token(key, type, claims).serialize();
    }

    private static SignedJWT token(RSAKey key, String type, JWTClaimsSet claims) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(new JOSEObjectType(type))
                        .build(),
                claims);
        token.sign(new RSASSASigner(key));
        return token;
    }

    @Test
    void takesATokenAtItsWordWithoutKeys() throws Exception {
        RSAKey any = new RSAKeyGenerator(2048).generate();
        try (TestGateway rig = rig("identify: {jwt_claim: client_id}\n" + applications("radio", "x"));
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/", "Authorization: Bearer " + signed(any, "radio", Duration.ofHours(1)))
                            .status())
                    .isEqualTo(200);
            assertThat(client.get("/", "Authorization: Bearer nonsense").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void refusesKeysThatAreNone() throws Exception {
        Files.writeString(folder.resolve("jwks.json"), "{}");
        assertThatThrownBy(() -> rig("identify: {jwt_claim: client_id, keys: jwks.json}\n"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("is not a JWK set");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-Forwarded-For: 192.0.2.1                                    | 200
            X-Forwarded-For: 203.0.113.9, 192.0.2.1                       | 200
            X-Forwarded-For: 192.0.2.1, 10.1.2.3                          | 200
            X-Forwarded-For: 192.0.2.1, 203.0.113.9                       | 401
            X-Forwarded-For: 192.0.2.1:4711                               | 200
            Forwarded: for=192.0.2.1;proto=https                          | 200
            Forwarded: for="192.0.2.1:4711", for=10.0.0.1                 | 200
            Forwarded: proto=https;For=192.0.2.1                          | 200
            Forwarded: for="[2001:db8::5]:80"                             | 200
            Forwarded: for=192.0.2.1, for=_hidden                         | 401
            Forwarded: for=192.0.2.1, for=unknown, for=10.0.0.1           | 401
            X-Forwarded-For: nonsense                                     | 401
            X-Nothing: 1                                                  | 401
            """)
    void knowsApplicationsByTheAddressThatTrustedProxiesSaw(String field, int status) throws Exception {
        try (TestGateway rig = rig("""
                identify: {address: true, trusted_proxies: [127.0.0.0/8, 10.0.0.0/8]}
                forwarded_by: %s
                applications: [{id: radio, addresses: [192.0.2.0/24, "2001:db8::/32"]}]
                limits: []
                """.formatted(field.startsWith("Forwarded") ? "forwarded" : "x-forwarded-for"));
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/", field).status()).isEqualTo(status);
        }
    }

    @Test
    void believesNobodyThatIsNotTrusted() throws Exception {
        try (TestGateway rig = rig("""
                identify: {address: true, trusted_proxies: [10.0.0.0/8]}
                applications: [{id: radio, addresses: [192.0.2.0/24]}]
                limits: []
                """);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/", "X-Forwarded-For: 192.0.2.1").status()).isEqualTo(401);
        }
    }

    @Test
    void strangersCannotMakeUpKeysToGetMore() throws Exception {
        try (TestGateway rig = rig("""
                identify: {header: X-Api-Key, trusted_proxies: [127.0.0.1]}
                unknown_applications: {limits: [{name: quota, permits: 2, window: 60s}]}
                """);
                HttpTestClient client = rig.client()) {
            assertThat(client.get("/", "X-Api-Key: a").status()).isEqualTo(200);
            assertThat(client.get("/", "X-Api-Key: b").status()).isEqualTo(200);
            assertThat(client.get("/", "X-Api-Key: c").status()).isEqualTo(429);
            assertThat(client.get("/").status()).isEqualTo(429);
            assertThat(client.get("/", "X-Forwarded-For: 192.0.2.77").status())
                    .as("another address")
                    .isEqualTo(200);
        }
    }

    private static String applications(String id, String key) throws Exception {
        return "applications: [{id: " + id + ", key_sha256: [\"" + EnforcementTest.sha256(key) + "\"]}]\nlimits: []\n";
    }

    private static String signed(RSAKey key, String client, Duration life) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1").build(), claims(client, life));
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private static JWTClaimsSet claims(String client, Duration life) {
        Instant start = Instant.EPOCH.plusNanos(TestGateway.START);
        return new JWTClaimsSet.Builder()
                .claim("client_id", client)
                .expirationTime(Date.from(start.plus(life)))
                .build();
    }

    private TestGateway rig(String yaml) throws Exception {
        return TestGateway.start(FakeUpstream.saying("ok"), folder, yaml);
    }
}
