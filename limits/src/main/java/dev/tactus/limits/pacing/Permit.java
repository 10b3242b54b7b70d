package dev.tactus.limits.pacing;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.ScopeReport;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Leave to send one call, from the moment it is granted until its outcome is reported.
///
/// One of the methods is to be called as soon as the outcome is known; a second call has no effect. So a permit in a
/// try-with-resources is settled whatever is thrown: closing it says that the call was lost, unless something else
/// has been said before. One that is dropped without a word counts as lost once the garbage collector has found it.
/// Thread-safe.
public final class Permit implements AutoCloseable {

    /// Whoever says when a call may be sent: a [Pacer], or somebody who asks that of another process.
    public interface Issuer {
        /// Waits until a call to `path` may be sent.
        ///
        /// @param path the path of the call; a query is ignored
        /// @throws InterruptedException if interrupted while waiting; nothing is held then
        Admission acquire(String path) throws InterruptedException;

        /// How each scope stands, as far as is known here.
        List<ScopeReport> report();
    }

    /// How a granted call ended.
    public sealed interface Outcome {

        /// An answer came, a refusal included.
        record Answered(Feedback feedback) implements Outcome {}

        /// Nobody knows whether the server saw it.
        record Lost() implements Outcome {}

        /// It was never sent.
        record Unused() implements Outcome {}
    }

    /// What is left of a permit when it is dropped: the way to report its outcome, once. Thread-safe.
    static final class Settlement {
        private final Consumer<Outcome> receiver;
        private final AtomicBoolean done = new AtomicBoolean();

        Settlement(Consumer<Outcome> receiver) {
            this.receiver = receiver;
        }

        private void end(Outcome outcome) {
            if (done.compareAndSet(false, true)) {
                receiver.accept(outcome);
            }
        }

        /// Nobody will report any more; whether nobody had.
        boolean abandon() {
            return done.compareAndSet(false, true);
        }
    }

    private final Settlement settlement;
    private final BooleanSupplier expired;

    Permit(Consumer<Outcome> receiver) {
        this(new Settlement(receiver));
    }

    Permit(Settlement settlement) {
        this(settlement, () -> false);
    }

    private Permit(Settlement settlement, BooleanSupplier expired) {
        this.settlement = settlement;
        this.expired = expired;
    }

    /// One that the pacer of another process has granted.
    ///
    /// @param receiver is told the outcome, once
    /// @param expired whether it is too old to be used: its slot may have been given up for lost
    public static Permit granted(Consumer<Outcome> receiver, BooleanSupplier expired) {
        return new Permit(new Settlement(receiver), expired);
    }

    /// Whether it is too old to be used. To be asked at the last moment before the call; such a permit is
    /// [#unused].
    public boolean expired() {
        return expired.getAsBoolean();
    }

    /// The answer has arrived. Its slot is free one window from now.
    public void answered(Feedback feedback) {
        settlement.end(new Outcome.Answered(feedback));
    }

    /// No answer came (deadline, reset). The call may still reach the server, so its slot is held a margin longer.
    public void lost() {
        settlement.end(new Outcome.Lost());
    }

    /// The call was never sent. Its slot is free at once.
    public void unused() {
        settlement.end(new Outcome.Unused());
    }

    /// The same as [#lost], where nothing else has been said.
    @Override
    public void close() {
        lost();
    }
}
