package dev.tactus.limits.pacing;

/// A place in a pacer's waiting line. Thread-safe.
public interface Ticket {

    /// Gives the place up, without a trace: whoever stands behind moves up and no permit is spent.
    ///
    /// @return whether the place was still held, so that nothing will be told any more; if not, the reply has been
    /// told or is just being told, and a permit in it is to be ended by the receiver
    boolean leave();
}
