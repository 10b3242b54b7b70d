package dev.tactus.gateway;

import dev.tactus.limits.Verdict;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/// Tells callers of their limits, in one of the dialects. Thread-safe.
sealed interface Speech permits SpeechOpaque, SpeechSonos, SpeechStandard, SpeechXRateLimit {
    /// The answer to a request that was refused.
    ///
    /// @param now nanoseconds since the epoch
    FullHttpResponse refusal(Plan plan, Verdict.Refused refused, long now);

    /// Adds to an answer that passes.
    ///
    /// @param standings what the application has left of each limit
    void passing(HttpHeaders headers, Plan plan, List<dev.tactus.limits.Standing> standings, long now);

    /// Whether it says anything on answers that pass.
    boolean tellsOnPassing();

    static Speech of(Dialect dialect, Optional<String> body) {
        return switch (dialect) {
            case STANDARD -> new SpeechStandard(body.map(RefusalBody::new));
            case SONOS -> new SpeechSonos(new RefusalBody(body.orElse(SpeechSonos.BODY)));
            case X_RATELIMIT -> new SpeechXRateLimit(new RefusalBody(body.orElse(SpeechXRateLimit.BODY)));
            case OPAQUE -> new SpeechOpaque(body.map(RefusalBody::new));
        };
    }

    /// Whole seconds, rounded up, at least 1.
    static long seconds(long nanos) {
        return Math.max(1, Math.ceilDiv(nanos, 1_000_000_000L));
    }
}
