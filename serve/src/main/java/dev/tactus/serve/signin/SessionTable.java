package dev.tactus.serve.signin;

import dev.tactus.digest.Sha256;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Who is signed in where: in memory only, so that a restart signs everybody out. Thread-safe.
///
/// A session is known by the digest of its cookie; what is kept here signs nobody in.
public final class SessionTable {
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration IDLE = Duration.ofHours(2);
    private static final int MOST = 1_000;
    private static final int BYTES = 32;

    private record Session(String tokenSha256, String csrf, Instant since, Instant last) {
        boolean isOver(Instant now) {
            return now.isAfter(since.plus(LONGEST)) || now.isAfter(last.plus(IDLE));
        }
    }

    /// What a cookie stands for.
    ///
    /// @param tokenSha256 of the person's token: a person who is taken out of the configuration is signed out
    record SignedIn(String tokenSha256, String csrf) {}

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;
    private final Map<String, Session> sessions = new HashMap<>();

    public SessionTable(InstantSource clock) {
        this.clock = clock;
    }

    /// Begins a session.
    ///
    /// @return the cookie's value
    synchronized String begin(String tokenSha256) {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> session.isOver(now));
        if (sessions.size() >= MOST) {
            sessions.clear();
        }
        String id = secret();
        sessions.put(Sha256.of(id).hex(), new Session(tokenSha256, secret(), now, now));
        return id;
    }

    synchronized Optional<SignedIn> find(String cookie) {
        String key = Sha256.of(cookie).hex();
        Session session = sessions.get(key);
        Instant now = clock.instant();
        if (session == null || session.isOver(now)) {
            sessions.remove(key);
            return Optional.empty();
        }
        sessions.put(key, new Session(session.tokenSha256, session.csrf, session.since, now));
        return Optional.of(new SignedIn(session.tokenSha256, session.csrf));
    }

    synchronized void end(String cookie) {
        sessions.remove(Sha256.of(cookie).hex());
    }

    /// A text that nobody guesses.
    String secret() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
