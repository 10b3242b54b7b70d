package dev.tactus.limits.pacing;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.observation.CallOutcome;
import dev.tactus.limits.observation.PacerListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Everybody who listens to one pacer; none of them can harm it. Thread-safe.
final class PacerListeners {
    private static final System.Logger log = System.getLogger("dev.tactus.limits");

    private final List<PacerListener> listeners = new CopyOnWriteArrayList<>();

    void add(PacerListener listener) {
        listeners.add(listener);
    }

    void replied(Waiter waiter, PacerReply reply, Duration waited) {
        String scope = waiter.line().kind().name();
        switch (reply) {
            case Admission.Granted granted -> tell(listener -> listener.granted(scope, waited));
            case Admission.Paused paused -> tell(listener -> listener.paused(paused.scope(), paused.until()));
            case PacerReply.Late late -> tell(listener -> listener.late(scope, late.waited()));
            case PacerReply.Closed closed -> {}
        }
    }

    void ended(PathClass kind, Permit.Outcome outcome, Duration took) {
        tell(listener -> listener.ended(kind.name(), outcome(outcome), took));
    }

    private static CallOutcome outcome(Permit.Outcome outcome) {
        return switch (outcome) {
            case Permit.Outcome.Lost() -> CallOutcome.LOST;
            case Permit.Outcome.Unused() -> CallOutcome.UNUSED;
            case Permit.Outcome.Answered(Feedback feedback) ->
                switch (feedback.verdict()) {
                    case ACCEPTED -> CallOutcome.ACCEPTED;
                    case REFUSED -> CallOutcome.REFUSED;
                    case DOUBTFUL -> CallOutcome.DOUBTFUL;
                    case SILENT -> CallOutcome.SILENT;
                };
        };
    }

    void ceilingsChanged(List<CeilingWatch.Change> changes) {
        changes.forEach(
                change -> tell(listener -> listener.ceilingChanged(change.scope(), change.before(), change.now())));
    }

    private void tell(Consumer<PacerListener> event) {
        for (PacerListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable failed) {
                log.log(System.Logger.Level.WARNING, "a listener of the pacer failed", failed);
            }
        }
    }
}
