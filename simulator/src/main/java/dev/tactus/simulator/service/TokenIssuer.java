package dev.tactus.simulator.service;

import dev.tactus.simulator.behaviour.TokenLifetime;
import dev.tactus.simulator.catalog.SplitMix;
import dev.tactus.simulator.catalog.SyntheticIds;
import dev.tactus.simulator.quota.ClientIdentity;
import dev.tactus.simulator.quota.SimulatorClock;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The access tokens that were handed out. Thread-safe.
final class TokenIssuer {
    /// What was asked for, and by whom.
    record Credentials(String id, String secret) {
        /// Reads a Basic authorization header (RFC 7617); empty where there is none or a part is empty.
        static Optional<Credentials> basic(Optional<String> header) {
            return header.filter(value -> value.regionMatches(true, 0, "Basic ", 0, 6))
                    .flatMap(value -> decode(value.substring(6).strip()))
                    .flatMap(pair -> {
                        int colon = pair.indexOf(':');
                        return of(pair.substring(0, Math.max(0, colon)), pair.substring(colon + 1));
                    });
        }

        static Optional<Credentials> of(String id, String secret) {
            return id.isBlank() || secret.isBlank() ? Optional.empty() : Optional.of(new Credentials(id, secret));
        }

        private static Optional<String> decode(String base64) {
            try {
                return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /// Whether a token is good.
    sealed interface TokenCheck {
        record Good(ClientIdentity caller) implements TokenCheck {}

        record Bad(String message) implements TokenCheck {}
    }

    /// A token and how often it was shown.
    private static final class Token {
        final String client;
        final long endsAt;
        final AtomicLong requests = new AtomicLong();

        Token(String client, long endsAt) {
            this.client = client;
            this.endsAt = endsAt;
        }
    }

    private final TokenLifetime rules;
    private final SimulatorClock clock;
    private final long seed;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final AtomicLong granted = new AtomicLong();

    TokenIssuer(TokenLifetime rules, long seed, SimulatorClock clock) {
        this.rules = rules;
        this.clock = clock;
        this.seed = SplitMix.of(seed, 0x746f6bL);
    }

    String grant(Credentials to) {
        SyntheticIds form = new SyntheticIds(seed);
        String token = "sim-" + form.idOf(granted.incrementAndGet());
        long now = clock.nanos();
        tokens.put(
                token,
                new Token(
                        to.id(),
                        now
                                + Math.min(
                                        rules.expiresIn().toNanos(),
                                        rules.revokedAfter().toNanos())));
        return token;
    }

    long granted() {
        return granted.get();
    }

    TokenCheck check(Optional<String> authorization) {
        Optional<String> bearer = authorization.filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7));
        if (bearer.isEmpty()) {
            return new TokenCheck.Bad("No token provided");
        }
        String value = bearer.get().substring(7).strip();
        Token token = tokens.get(value);
        if (token == null) {
            return new TokenCheck.Bad("Invalid access token");
        }
        long now = clock.nanos();
        if (now >= token.endsAt || token.requests.incrementAndGet() > rules.revokedAfterRequests()) {
            tokens.remove(value);
            return new TokenCheck.Bad("The access token expired");
        }
        return new TokenCheck.Good(new ClientIdentity(value, token.client));
    }

    void revoke(ClientIdentity caller) {
        tokens.remove(caller.token());
    }
}
