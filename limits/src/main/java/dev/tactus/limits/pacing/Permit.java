package dev.tactus.limits.pacing;

import dev.tactus.limits.Feedback;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Leave to send one call, from the moment it is granted until its outcome is reported.
///
/// Exactly one of the methods is to be called, as soon as the outcome is known; a second call has no effect. A permit
/// that is never reported holds its slot for ever. Thread-safe.
public final class Permit {

    /// How a granted call ended.
    sealed interface Outcome {

        /// An answer came, a refusal included.
        record Answered(Feedback feedback) implements Outcome {}

        /// Nobody knows whether the server saw it.
        record Lost() implements Outcome {}

        /// It was never sent.
        record Unused() implements Outcome {}
    }

    private final Consumer<Outcome> receiver;
    private final AtomicBoolean done = new AtomicBoolean();

    Permit(Consumer<Outcome> receiver) {
        this.receiver = receiver;
    }

    /// The answer has arrived. Its slot is free one window from now.
    public void answered(Feedback feedback) {
        end(new Outcome.Answered(feedback));
    }

    /// No answer came (deadline, reset). The call may still reach the server, so its slot is held a margin longer.
    public void lost() {
        end(new Outcome.Lost());
    }

    /// The call was never sent. Its slot is free at once.
    public void unused() {
        end(new Outcome.Unused());
    }

    private void end(Outcome outcome) {
        if (done.compareAndSet(false, true)) {
            receiver.accept(outcome);
        }
    }
}
