package dev.tactus.source.auth;

import dev.tactus.limits.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps the one access token that all callers of a source share.
///
/// A token is replaced shortly before it expires, and once for all callers when the server stops taking
/// it. While it is replaced early the old one is still handed out. Tokens are never logged. Thread-safe.
public final class AccessTokens {

    /// So many tokens in a row that were never taken mean that the credentials are wrong.
    private static final int STRIKES_AT_START = 2;

    private static final int STRIKES_LATER = 4;

    /// A token, with the life it was given.
    public static final class Token {
        private final String value;
        private final long sinceNanos;
        private final Duration life;
        private volatile boolean accepted;

        private Token(TokenEndpoint.Issued issued, long sinceNanos) {
            this.value = issued.token();
            this.sinceNanos = sinceNanos;
            this.life = issued.life();
        }

        public Map<String, String> header() {
            return Map.of("Authorization", "Bearer " + value);
        }

        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /// Whether there is a token.
    public sealed interface Availability {
        /// There is.
        record Ready(Token token) implements Availability {}

        /// There is none for the time being.
        record Off(TokenEndpoint.Unavailable why) implements Availability {}
    }

    private final TokenEndpoint endpoint;
    private final Duration refreshBefore;
    private final Ticker ticker;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile @Nullable Token current;
    private volatile boolean everAccepted;
    private int strikes;

    public AccessTokens(TokenEndpoint endpoint, Duration refreshBefore, Ticker ticker) {
        this.endpoint = endpoint;
        this.refreshBefore = refreshBefore;
        this.ticker = ticker;
    }

    /// A token that should hold; waits while one is had.
    ///
    /// @throws SourceFailure if the credentials are refused or nothing ever answered
    public Availability current() throws InterruptedException {
        Token token = current;
        if (token != null && left(token).compareTo(margin(token)) > 0) {
            return new Availability.Ready(token);
        }
        if (token != null && left(token).isPositive()) {
            if (!refreshing.tryLock()) {
                return new Availability.Ready(token);
            }
        } else {
            refreshing.lockInterruptibly();
        }
        try {
            Token now = current;
            return now != null && !now.equals(token) ? new Availability.Ready(now) : refresh(token);
        } finally {
            refreshing.unlock();
        }
    }

    /// Notes that the server took this token.
    public void accepted(Token token) {
        if (!token.accepted) {
            token.accepted = true;
            everAccepted = true;
            synchronized (this) {
                strikes = 0;
            }
        }
    }

    /// Notes that the server did not take this token; the first to say so lets it be replaced.
    ///
    /// @return whether so many in a row were never taken that the credentials must be wrong
    public synchronized boolean rejected(Token token) {
        if (token.equals(current)) {
            current = null;
            strikes = token.accepted ? 0 : strikes + 1;
        }
        return strikes >= (everAccepted ? STRIKES_LATER : STRIKES_AT_START);
    }

    private Availability refresh(@Nullable Token old) throws InterruptedException {
        return switch (endpoint.issue()) {
            case TokenEndpoint.Issued issued -> {
                Token token = new Token(issued, ticker.nanos());
                current = token;
                yield new Availability.Ready(token);
            }
            case TokenEndpoint.Unavailable off ->
                Optional.ofNullable(old)
                        .filter(token -> left(token).isPositive())
                        .<Availability>map(Availability.Ready::new)
                        .orElseGet(() -> new Availability.Off(off));
        };
    }

    private Duration left(Token token) {
        return token.life.minusNanos(ticker.nanos() - token.sinceNanos);
    }

    /// Short-lived tokens are kept for three quarters of their life, whatever the profile says.
    private Duration margin(Token token) {
        Duration quarter = token.life.dividedBy(4);
        return refreshBefore.compareTo(quarter) < 0 ? refreshBefore : quarter;
    }
}
