package dev.tactus.limits.pacing;

import java.time.Duration;
import java.util.Optional;

/// The rest a scope takes after a refusal, and the single call that ends it.
///
/// After a refusal nobody goes until the pause is over; then one call goes alone (half-open), and only when it is
/// accepted do the others follow. So a refusal is never followed by more than one refusal a pause, however many wait.
/// Not thread-safe.
final class Pause {
    /// A row that has lasted long is the work of a longer limit than any that is known: part of its length that is
    /// rested for, up to an hour.
    private static final int RARER = 8;

    private static final long RAREST_NANOS = Duration.ofHours(1).toNanos();

    // Half of the range leaves room for differences.
    private long until = Long.MIN_VALUE / 2;
    private long refusedAt = Long.MIN_VALUE / 2;
    private long rowBeganAt;
    private long noneUntil = Long.MIN_VALUE;
    private int inARow;
    private boolean halfOpen;
    private String reason = "";

    /// A refusal that no acceptance separates from the last one; `guess` is used when the server did not say how long.
    void refused(long now, Optional<Duration> retryAfter, long guessNanos) {
        refusedAt = now;
        halfOpen = true;
        // A server that keeps refusing after the wait it named is not believed a third time.
        long stated = retryAfter.map(Duration::toNanos).orElse(0L);
        long guess = Math.max(guessNanos, Math.min(rowNanos(now) / RARER, RAREST_NANOS));
        long rest = stated == 0 || inARow >= 3 ? Math.max(stated, guess) : stated;
        extend(now + rest, stated == 0 ? "rate-limited; no wait was stated" : rateLimitedFor(retryAfter.orElseThrow()));
    }

    /// Nobody knows whether that was a refusal: rests, and one call goes alone, but no row of refusals begins.
    void doubted(long now, long restNanos) {
        refusedAt = now;
        halfOpen = true;
        extend(now + restNanos, "the server is busy, or refuses without saying so");
    }

    /// Whether a row of refusals has begun.
    boolean inARow() {
        return inARow > 0;
    }

    /// A single refusal that was reckoned with: no rest follows, but what was sent before says nothing new.
    void notedOnly(long now) {
        refusedAt = now;
    }

    /// Counts a refusal before [#refused] says how long to rest.
    int refusedAgain(long now) {
        rowBeganAt = inARow == 0 ? now : rowBeganAt;
        return ++inARow;
    }

    /// How long this row of refusals has lasted.
    long rowNanos(long now) {
        return now - rowBeganAt;
    }

    /// Another refusal of the same story: rests at least for what it says.
    void refusedToo(long now, Optional<Duration> retryAfter) {
        retryAfter.ifPresent(wait -> extend(now + wait.toNanos(), rateLimitedFor(wait)));
    }

    /// Rests at least until then.
    void extend(long nanos, String why) {
        if (nanos > until) {
            until = nanos;
            reason = why;
        }
    }

    /// Rests until then because headers said that nothing remains.
    void untilMore(long nanos) {
        noneUntil = Math.max(noneUntil, nanos);
        extend(nanos, "no requests remain in this window");
    }

    /// What headers said of that is not so.
    void thereIsMore(long now) {
        if (until == noneUntil) {
            until = Math.min(until, now);
        }
    }

    /// Whether a call sent then was sent before the last refusal was known: it says nothing new.
    boolean stale(long sentAt) {
        return sentAt <= refusedAt;
    }

    /// A call was accepted; whether that ends a row of refusals.
    boolean accepted(long sentAt) {
        if (stale(sentAt)) {
            return false;
        }
        boolean recovered = inARow > 0;
        halfOpen = false;
        inARow = 0;
        return recovered;
    }

    void restore(long nanos, String why) {
        extend(nanos, why);
        halfOpen = true;
    }

    /// When the last refusal was known.
    long refusedAt() {
        return refusedAt;
    }

    boolean halfOpen() {
        return halfOpen;
    }

    long until() {
        return until;
    }

    String reason() {
        return reason;
    }

    private static String rateLimitedFor(Duration wait) {
        return "rate-limited for " + wait.toSeconds() + " s";
    }
}
