package dev.tactus.limits.pacing;

import java.time.Instant;

/// A call was not sent, because its scope rests for longer than callers wait: [Admission.Paused], thrown.
public final class CallPause extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String scope;
    private final Instant until;

    /// Of what a pacer said.
    public CallPause(Admission.Paused paused) {
        super(paused.scope() + " rests until " + paused.until() + ": " + paused.reason());
        scope = paused.scope();
        until = paused.until();
    }

    /// What rests.
    public String scope() {
        return scope;
    }

    /// When calls may be tried again, by the calendar clock.
    public Instant until() {
        return until;
    }
}
