package dev.tactus.gateway.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.tactus.digest.Sha256;
import dev.tactus.gateway.config.IdentificationMethod;
import dev.tactus.limits.Ticker;
import java.text.ParseException;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Reads one claim of JWTs (RFC 7519), verified where there are keys.
///
/// With keys the signature must fit one of them (never `none`), the token must say when it ends and be within its time
/// (a minute of clock difference is allowed), and issuer and audience must be the ones that are asked for; access
/// tokens
/// (`at+jwt`, RFC 9068) are tokens like others. What was verified is remembered by its digest, since a signature costs
/// more than a whole request; what was refused is not, since anybody can make up as many of those as they like. Without
/// keys the token is taken at its word. Thread-safe.
final class JwtClaimReader implements AutoCloseable {
    private static final int REMEMBERED = 10_000;
    private static final int LONGEST_TOKEN = 16 * 1024;
    private static final int LONGEST_CLAIM = 200;
    private static final long SKEW_SECONDS = 60;
    private static final Set<JWSAlgorithm> PUBLIC = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);
    private static final Set<JWSAlgorithm> SECRET = Set.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);

    /// @param untilSeconds since the epoch, as `fromSeconds`
    private record Verified(String claim, long fromSeconds, long untilSeconds) {}

    private final IdentificationMethod.JwtClaim how;
    private final Optional<VerificationKeys> keys;
    private final Optional<DefaultJWTProcessor<SecurityContext>> processor;
    private final Ticker sinceEpoch;
    private final Map<Sha256, Verified> verified = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256, Verified> eldest) {
            return size() > REMEMBERED;
        }
    };

    /// @throws IllegalArgumentException if the file holds no keys
    JwtClaimReader(IdentificationMethod.JwtClaim how, Ticker sinceEpoch) {
        this.how = how;
        this.sinceEpoch = sinceEpoch;
        keys = how.keys().map(VerificationKeys::of).or(() -> how.jwksUri().map(VerificationKeys::at));
        processor = keys.map(some -> processor(some, how.jwksUri().isEmpty()));
    }

    /// How many tokens are remembered.
    int remembered() {
        synchronized (verified) {
            return verified.size();
        }
    }

    boolean verifies() {
        return processor.isPresent();
    }

    /// The claim's value; empty if there is none or the token can't be trusted.
    Optional<String> claim(String token) {
        if (token.length() > LONGEST_TOKEN) {
            return Optional.empty();
        }
        Sha256 digest = Sha256.of(token);
        Verified known;
        synchronized (verified) {
            known = verified.get(digest);
        }
        if (known == null) {
            Optional<Verified> read = read(token);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            known = read.get();
            synchronized (verified) {
                verified.put(digest, known);
            }
        }
        long now = TimeUnit.NANOSECONDS.toSeconds(sinceEpoch.nanos());
        return now >= known.fromSeconds() && now <= known.untilSeconds()
                ? Optional.of(known.claim())
                : Optional.empty();
    }

    private Optional<Verified> read(String token) {
        try {
            JWTClaimsSet claims = processor.isPresent()
                    ? processor.get().process(token, null)
                    : JWTParser.parse(token).getJWTClaimsSet();
            if (verifies() && !isForUs(claims)) {
                return Optional.empty();
            }
            Date from = verifies() ? claims.getNotBeforeTime() : null;
            Date until = verifies() ? claims.getExpirationTime() : null;
            return Optional.ofNullable(claims.getClaim(how.claim()))
                    .map(Object::toString)
                    .filter(value -> value.length() <= LONGEST_CLAIM)
                    .map(value -> new Verified(
                            value,
                            from == null ? Long.MIN_VALUE : from.toInstant().getEpochSecond() - SKEW_SECONDS,
                            until == null ? Long.MAX_VALUE : until.toInstant().getEpochSecond() + SKEW_SECONDS));
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isForUs(JWTClaimsSet claims) {
        return claims.getExpirationTime() != null
                && how.issuer().map(issuer -> issuer.equals(claims.getIssuer())).orElse(true)
                && (how.audience().isEmpty() || !Collections.disjoint(how.audience(), claims.getAudience()));
    }

    private static DefaultJWTProcessor<SecurityContext> processor(VerificationKeys keys, boolean ownFile) {
        Set<JWSAlgorithm> algorithms = new java.util.HashSet<>(PUBLIC);
        if (ownFile) {
            algorithms.addAll(SECRET);
        }
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // times are compared with each request's
        return processor;
    }

    @Override
    public void close() {
        keys.ifPresent(VerificationKeys::close);
    }
}
