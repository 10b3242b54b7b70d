package dev.tactus.gateway.proxy;

import dev.tactus.gateway.http.HttpProblem;
import dev.tactus.gateway.http.RequestRules;
import dev.tactus.gateway.network.Timeouts;
import dev.tactus.gateway.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/// What has taken too long of an exchange under way, and how its caller is told. Stateless.
final class ExchangeTimeout {
    private ExchangeTimeout() {}

    /// Before the answer has begun. An upstream that is late is held against its address.
    ///
    /// @param sent whether the whole request has come
    /// @param to where it was sent
    /// @return nothing while it is in time
    static @Nullable HttpProblem unanswered(
            long waited, boolean sent, @Nullable UpstreamConnection to, Timeouts timeouts) {
        if (waited <= (sent ? timeouts.request() : timeouts.idle()).toNanos()) {
            return null;
        }
        if (!sent && (to == null || to.isWritable())) {
            return RequestRules.BODY_LATE;
        }
        if (to != null) {
            to.givenUp();
        }
        return sent ? UpstreamProblems.silent(timeouts) : UpstreamProblems.STOPPED_READING;
    }
}
