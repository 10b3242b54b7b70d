package dev.tactus.limits;

/// Leave to send one call, from the moment it is granted until its outcome is told.
///
/// Exactly one of the methods is to be called, as soon as the outcome is known; a second call has no effect.
/// A permit that is never told about holds its slot for ever. Thread-safe.
public final class Permit {

    Permit() {}

    /// The answer has arrived. Its slot is free one window from now.
    public void answered(Feedback feedback) {
        throw new UnsupportedOperationException("not built yet");
    }

    /// No answer came (deadline, reset). The call may still reach the server, so its slot is held a margin longer.
    public void lost() {
        throw new UnsupportedOperationException("not built yet");
    }

    /// The call was never sent. Its slot is free at once.
    public void unused() {
        throw new UnsupportedOperationException("not built yet");
    }
}
