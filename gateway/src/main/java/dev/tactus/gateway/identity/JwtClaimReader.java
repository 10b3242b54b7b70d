package dev.tactus.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.tactus.limits.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Reads one claim of JWTs (RFC 7519), verified where there are keys.
///
/// With keys the signature must fit one of them (never `none`) and the token be within its time; a minute of clock
/// difference is allowed. What was verified is remembered, since a signature costs more than a whole request. Without
/// keys the token is taken at its word. Thread-safe.
final class JwtClaimReader {
    private static final int REMEMBERED = 10_000;
    private static final long SKEW_SECONDS = 60;
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.HS256,
            JWSAlgorithm.HS384,
            JWSAlgorithm.HS512);

    /// @param untilSeconds since the epoch, as `fromSeconds`
    private record Verified(Optional<String> claim, long fromSeconds, long untilSeconds) {}

    private final String claim;
    private final Optional<DefaultJWTProcessor<SecurityContext>> processor;
    private final Ticker sinceEpoch;
    private final Map<String, Verified> verified = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > REMEMBERED;
        }
    };

    /// @throws IllegalArgumentException if the file holds no keys
    JwtClaimReader(String claim, Optional<Path> keys, Ticker sinceEpoch) {
        this.claim = claim;
        this.sinceEpoch = sinceEpoch;
        processor = keys.map(JwtClaimReader::processor);
    }

    boolean verifies() {
        return processor.isPresent();
    }

    /// The claim's value; empty if there is none or the token can't be trusted.
    Optional<String> claim(String token) {
        Verified known;
        synchronized (verified) {
            known = verified.get(token);
        }
        if (known == null) {
            known = read(token);
            synchronized (verified) {
                verified.put(token, known);
            }
        }
        long now = TimeUnit.NANOSECONDS.toSeconds(sinceEpoch.nanos());
        return now >= known.fromSeconds() && now <= known.untilSeconds() ? known.claim() : Optional.empty();
    }

    private Verified read(String token) {
        try {
            JWTClaimsSet claims = processor.isPresent()
                    ? processor.get().process(token, null)
                    : JWTParser.parse(token).getJWTClaimsSet();
            Object value = claims.getClaim(claim);
            Date from = verifies() ? claims.getNotBeforeTime() : null;
            Date until = verifies() ? claims.getExpirationTime() : null;
            return new Verified(
                    Optional.ofNullable(value).map(Object::toString),
                    from == null ? Long.MIN_VALUE : from.toInstant().getEpochSecond() - SKEW_SECONDS,
                    until == null ? Long.MAX_VALUE : until.toInstant().getEpochSecond() + SKEW_SECONDS);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return new Verified(Optional.empty(), Long.MIN_VALUE, Long.MAX_VALUE);
        }
    }

    private static DefaultJWTProcessor<SecurityContext> processor(Path file) {
        try {
            JWKSet keys = JWKSet.load(file.toFile());
            if (keys.isEmpty()) {
                throw new IllegalArgumentException(file + " contains no keys");
            }
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
            processor.setJWTClaimsSetVerifier((claims, context) -> {}); // times are compared with each request's
            return processor;
        } catch (IOException | ParseException e) {
            throw new IllegalArgumentException(
                    file + " is not a JWK set ({\"keys\": […]}, RFC 7517): " + e.getMessage(), e);
        }
    }
}
