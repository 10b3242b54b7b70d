package dev.tactus.simulator.quota;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/// How a service tells its clients about a limit.
public enum HeaderDialect {
    /// nothing at all
    NONE,
    /// `Retry-After` in seconds, rounded up
    RETRY_AFTER,
    /// `Retry-After` as an HTTP date, rounded up
    RETRY_AFTER_DATE,
    /// `Retry-After: 0`, which is never right
    RETRY_AFTER_ZERO,
    /// `RateLimit-Limit`, `-Remaining`, `-Reset` (seconds to go) on every answer
    RATELIMIT,
    /// `RateLimit-*` and `Retry-After` on refusals, nothing on answers that pass
    SONOS,
    /// `X-RateLimit-Limit`, `-Remaining`, `-Reset` (seconds since the epoch) on every answer
    X_RATELIMIT,
    /// `X-RateLimit-*` with seconds to go
    X_RATELIMIT_DELTA,
    /// `X-RateLimit-Limit`, `-Remaining`, `-Reset-In` on every answer
    LISTENBRAINZ,
    /// structured `RateLimit-Policy` and `RateLimit` of the IETF's draft on every answer
    STRUCTURED;

    private static final long SECOND = 1_000_000_000L;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    /// What is to be told.
    ///
    /// @param remaining after this request
    /// @param resetNanos until something is free again
    record LimitStatus(int permits, long windowSeconds, int remaining, long resetNanos) {
        long seconds() {
            return Math.ceilDiv(resetNanos, SECOND);
        }

        long atLeastOneSecond() {
            return Math.max(1, seconds());
        }
    }

    boolean tellsAlways() {
        return switch (this) {
            case NONE, RETRY_AFTER, RETRY_AFTER_DATE, RETRY_AFTER_ZERO, SONOS -> false;
            case RATELIMIT, X_RATELIMIT, X_RATELIMIT_DELTA, LISTENBRAINZ, STRUCTURED -> true;
        };
    }

    Map<String, String> headers(LimitStatus status, long nowEpochNanos) {
        String limit = String.valueOf(status.permits());
        String remaining = String.valueOf(status.remaining());
        String seconds = String.valueOf(status.seconds());
        long resetEpochSecond = Math.ceilDiv(nowEpochNanos + status.resetNanos(), SECOND);
        return switch (this) {
            case NONE -> Map.of();
            case RETRY_AFTER -> Map.of("Retry-After", String.valueOf(status.atLeastOneSecond()));
            case RETRY_AFTER_DATE -> Map.of("Retry-After", HTTP_DATE.format(Instant.ofEpochSecond(resetEpochSecond)));
            case RETRY_AFTER_ZERO -> Map.of("Retry-After", "0");
            case RATELIMIT ->
                Map.of("RateLimit-Limit", limit, "RateLimit-Remaining", remaining, "RateLimit-Reset", seconds);
            case SONOS ->
                Map.of(
                        "RateLimit-Limit", limit,
                        "RateLimit-Remaining", remaining,
                        "RateLimit-Reset", seconds,
                        "Retry-After", String.valueOf(status.atLeastOneSecond()));
            case X_RATELIMIT ->
                Map.of(
                        "X-RateLimit-Limit", limit,
                        "X-RateLimit-Remaining", remaining,
                        "X-RateLimit-Reset", String.valueOf(resetEpochSecond));
            case X_RATELIMIT_DELTA ->
                Map.of("X-RateLimit-Limit", limit, "X-RateLimit-Remaining", remaining, "X-RateLimit-Reset", seconds);
            case LISTENBRAINZ ->
                Map.of("X-RateLimit-Limit", limit, "X-RateLimit-Remaining", remaining, "X-RateLimit-Reset-In", seconds);
            case STRUCTURED ->
                Map.of(
                        "RateLimit-Policy", "\"default\";q=" + limit + ";w=" + status.windowSeconds(),
                        "RateLimit", "\"default\";r=" + remaining + ";t=" + seconds);
        };
    }
}
