package dev.tactus.gateway.pace;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.pacing.Permit;
import java.util.List;
import java.util.function.Consumer;

/// Leave for one request to go to the upstream, until how it went is told: once, by one of the methods. Thread-safe.
final class UpstreamPermit {
    private final List<Permit> permits;
    private final Consumer<Feedback> answered;

    /// @param permits one of each pacer that the request had to pass
    /// @param answered hands what an answer said on to them
    UpstreamPermit(List<Permit> permits, Consumer<Feedback> answered) {
        this.permits = List.copyOf(permits);
        this.answered = answered;
    }

    /// The upstream has answered.
    void answered(Feedback feedback) {
        answered.accept(feedback);
    }

    /// Nobody knows whether the upstream has seen the request.
    void lost() {
        permits.forEach(Permit::lost);
    }

    /// The request did not leave.
    void unused() {
        permits.forEach(Permit::unused);
    }
}
