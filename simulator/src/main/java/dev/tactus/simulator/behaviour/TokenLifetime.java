package dev.tactus.simulator.behaviour;

import dev.tactus.simulator.fault.FaultSchedule;
import java.time.Duration;

/// How long access tokens live.
///
/// @param expiresIn what the service tells, and keeps
/// @param revokedAfter when it drops a token without a word; longer than `expiresIn` for never
/// @param revokedAfterRequests how many requests a token lives
public record TokenLifetime(Duration expiresIn, Duration revokedAfter, long revokedAfterRequests) {
    /// An hour, as told.
    public static final TokenLifetime HOURLY =
            new TokenLifetime(Duration.ofHours(1), FaultSchedule.FOR_EVER, Long.MAX_VALUE);

    public TokenLifetime {
        if (expiresIn.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a token lives at least a second, not " + expiresIn);
        }
    }
}
