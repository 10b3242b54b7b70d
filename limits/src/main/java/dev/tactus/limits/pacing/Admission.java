package dev.tactus.limits.pacing;

import java.time.Instant;

/// The answer to a caller who wants to send: go, or come back later.
public sealed interface Admission extends PacerReply {

    /// The call may be sent now.
    record Granted(Permit permit) implements Admission {}

    /// The scope has to rest for longer than callers wait. Nothing is held; the work is best parked.
    ///
    /// @param scope what rests
    /// @param until when calls may be tried again, by the calendar clock
    /// @param reason why, for a person
    record Paused(String scope, Instant until, String reason) implements Admission {}
}
