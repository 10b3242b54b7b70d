package dev.tactus.source.auth;

import dev.tactus.limits.Ticker;
import dev.tactus.source.response.ParkReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps the one access token that all requests of a source share.
///
/// A token is replaced shortly before it expires, and once for all requests when the server stops accepting it. While
/// it is replaced early the old one is still handed out. Tokens are never logged. Thread-safe.
public final class AccessTokens {
    /// So many tokens in a row that were never accepted mean that the credentials are wrong.
    private static final int STRIKES_AT_START = 2;

    private static final int STRIKES_LATER = 4;

    /// A token, with the life it was given.
    public static final class Token {
        private final String value;
        private final long sinceNanos;
        private final Duration life;
        private volatile boolean accepted;

        private Token(TokenMaker.Issued issued, long sinceNanos) {
            this.value = issued.token();
            this.sinceNanos = sinceNanos;
            this.life = issued.life();
        }

        String value() {
            return value;
        }

        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /// Whether there is a token.
    public sealed interface Availability permits Ready, Unavailable {}

    /// There is one.
    public record Ready(Token token) implements Availability {}

    /// There is none for the time being.
    public record Unavailable(Instant until, ParkReason reason, String detail)
            implements Availability, TokenMaker.Result {}

    private final TokenMaker maker;
    private final Duration refreshBefore;
    private final Ticker ticker;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile @Nullable Token current;
    private volatile boolean everAccepted;
    private int strikes;

    AccessTokens(TokenMaker maker, Duration refreshBefore, Ticker ticker) {
        this.maker = maker;
        this.refreshBefore = refreshBefore;
        this.ticker = ticker;
    }

    /// A token that should be valid; waits while one is issued.
    ///
    /// @throws SourceFailure if the credentials are refused or nothing ever responded
    public Availability current() throws InterruptedException {
        Token token = current;
        if (token != null && left(token).compareTo(margin(token)) > 0) {
            return new Ready(token);
        }
        if (token != null && left(token).isPositive()) {
            if (!refreshing.tryLock()) {
                return new Ready(token);
            }
        } else {
            refreshing.lockInterruptibly();
        }
        try {
            Token now = current;
            return now != null && !now.equals(token) ? new Ready(now) : refresh(token);
        } finally {
            refreshing.unlock();
        }
    }

    /// Notes that the server accepted this token.
    public void accepted(Token token) {
        if (!token.accepted) {
            token.accepted = true;
            everAccepted = true;
            synchronized (this) {
                strikes = 0;
            }
        }
    }

    /// Notes that the server rejected this token; the first report lets it be replaced.
    ///
    /// @return whether so many in a row were never accepted that the credentials must be wrong
    public synchronized boolean rejected(Token token) {
        if (token.equals(current)) {
            current = null;
            strikes = token.accepted ? 0 : strikes + 1;
        }
        return strikes >= (everAccepted ? STRIKES_LATER : STRIKES_AT_START);
    }

    private Availability refresh(@Nullable Token old) throws InterruptedException {
        return switch (maker.issue()) {
            case TokenMaker.Issued issued -> {
                Token token = new Token(issued, ticker.nanos());
                current = token;
                yield new Ready(token);
            }
            case Unavailable unavailable ->
                Optional.ofNullable(old)
                        .filter(token -> left(token).isPositive())
                        .<Availability>map(Ready::new)
                        .orElse(unavailable);
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
