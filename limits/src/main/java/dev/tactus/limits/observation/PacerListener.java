package dev.tactus.limits.observation;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Told what a [dev.tactus.limits.pacing.Pacer] does, for metrics and traces.
///
/// Its methods run on the threads that call the pacer, outside all locks, several at once; they have to be quick. What
/// they throw goes to the log and changes nothing. Paths are told as the scope that they belong to, `token` where
/// there is no narrower one, so that there are few of them.
public interface PacerListener {

    /// A call may go.
    ///
    /// @param waited how long it stood in line
    default void granted(String scope, Duration waited) {}

    /// A call may not go: its scope rests for longer than callers wait.
    ///
    /// @param until when calls may be tried again
    default void paused(String scope, Instant until) {}

    /// A call was given up, because its patience was over.
    default void late(String scope, Duration waited) {}

    /// A call that was granted has ended.
    ///
    /// @param took from its grant to its end
    default void ended(String scope, CallOutcome outcome, Duration took) {}

    /// Another ceiling is kept from now on: learned, stated by the server, or configured anew.
    ///
    /// @param before empty where nothing was known
    default void ceilingChanged(String scope, Optional<Limit> before, Optional<Limit> now) {}
}
