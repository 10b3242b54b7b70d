package dev.tactus.limits.pacing;

import dev.tactus.limits.Feedback;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Leave to send one call, from the moment it is granted until its outcome is told.
///
/// Exactly one of the methods is to be called, as soon as the outcome is known; a second call has no effect. A permit
/// that is never told about holds its slot for ever. Thread-safe.
public final class Permit {
    private final Consumer<PermitOutcome> told;
    private final AtomicBoolean done = new AtomicBoolean();

    Permit(Consumer<PermitOutcome> told) {
        this.told = told;
    }

    /// The answer has arrived. Its slot is free one window from now.
    public void answered(Feedback feedback) {
        tell(new PermitOutcome.Answered(feedback));
    }

    /// No answer came (deadline, reset). The call may still reach the server, so its slot is held a margin longer.
    public void lost() {
        tell(new PermitOutcome.Lost());
    }

    /// The call was never sent. Its slot is free at once.
    public void unused() {
        tell(new PermitOutcome.Unused());
    }

    private void tell(PermitOutcome outcome) {
        if (done.compareAndSet(false, true)) {
            told.accept(outcome);
        }
    }
}
