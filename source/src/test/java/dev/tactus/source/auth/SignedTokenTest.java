package dev.tactus.source.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.source.profile.AuthMethod;
import dev.tactus.source.profile.Credentials;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SignedTokenTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aTokenIsMadeAnewBeforeItEnds() throws Exception {
        AccessTokens tokens = new AccessTokens(signer(), Duration.ofSeconds(60), nanos::get);
        AccessTokens.Token first = token(tokens);
        assertThat(claims(first).path("iat").longValue()).isEqualTo(START.getEpochSecond());
        assertThat(claims(first).path("exp").longValue())
                .isEqualTo(START.plusSeconds(1200).getEpochSecond());
        assertThat(claims(first).path("iss").stringValue()).isEqualTo("LABEL");

        nanos.set(Duration.ofSeconds(1139).toNanos());
        assertThat(token(tokens)).isEqualTo(first);
        nanos.set(Duration.ofSeconds(1141).toNanos());
        AccessTokens.Token second = token(tokens);

        assertThat(second.value()).isNotEqualTo(first.value());
        assertThat(claims(second).path("iat").longValue())
                .isEqualTo(START.plusSeconds(1141).getEpochSecond());
    }

    private JwtSigner signer() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        String key = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return new JwtSigner(
                "mine",
                new AuthMethod.Signature(
                        AuthMethod.Algorithm.ES256,
                        "private_key",
                        Optional.of("key_id"),
                        Map.of("iss", "{issuer}"),
                        Duration.ofMinutes(20)),
                Credentials.of(Map.of("key_id", "KEY1", "issuer", "LABEL", "private_key", key)),
                () -> START.plusNanos(nanos.get()));
    }

    private static AccessTokens.Token token(AccessTokens tokens) throws InterruptedException {
        return ((AccessTokens.Ready) tokens.current()).token();
    }

    private static JsonNode claims(AccessTokens.Token token) {
        return JsonMapper.shared()
                .readTree(Base64.getUrlDecoder().decode(token.value().split("\\.", -1)[1]));
    }
}
