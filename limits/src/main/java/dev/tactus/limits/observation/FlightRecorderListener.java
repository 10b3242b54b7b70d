package dev.tactus.limits.observation;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/// Writes what a [dev.tactus.limits.pacing.Pacer] does into the JDK's flight recorder: `tactus.Turn`, `tactus.Call`,
/// `tactus.Pause` and
/// `tactus.Ceiling`.
///
/// An event costs next to nothing while nothing is recorded. Thread-safe.
@SuppressWarnings("UnusedVariable") // the recorder reads the fields of events
public final class FlightRecorderListener implements PacerListener {

    @Override
    public void granted(String scope, Duration waited) {
        turn(scope, waited, true);
    }

    @Override
    public void late(String scope, Duration waited) {
        turn(scope, waited, false);
    }

    private static void turn(String scope, Duration waited, boolean granted) {
        TurnEvent event = new TurnEvent();
        if (event.shouldCommit()) {
            event.scope = scope;
            event.waited = waited.toNanos();
            event.granted = granted;
            event.commit();
        }
    }

    @Override
    public void paused(String scope, Instant until) {
        PauseEvent event = new PauseEvent();
        if (event.shouldCommit()) {
            event.scope = scope;
            event.until = until.toEpochMilli();
            event.commit();
        }
    }

    @Override
    public void ended(String scope, CallOutcome outcome, Duration took) {
        CallEvent event = new CallEvent();
        if (event.shouldCommit()) {
            event.scope = scope;
            event.outcome = outcome.name();
            event.took = took.toNanos();
            event.commit();
        }
    }

    @Override
    public void ceilingChanged(String scope, Optional<Limit> before, Optional<Limit> now) {
        CeilingEvent event = new CeilingEvent();
        if (event.shouldCommit()) {
            event.scope = scope;
            event.before = before.map(Limit::toString).orElse("");
            event.now = now.map(Limit::toString).orElse("");
            event.commit();
        }
    }

    @Name("tactus.Turn")
    @Label("Turn to Call")
    @Category({"Tactus", "Pacer"})
    @StackTrace(false)
    private static final class TurnEvent extends Event {
        @Label("Scope")
        String scope = "";

        @Label("Waited")
        @Timespan(Timespan.NANOSECONDS)
        long waited;

        @Label("Granted in Time")
        boolean granted;
    }

    @Name("tactus.Call")
    @Label("Paced Call")
    @Category({"Tactus", "Pacer"})
    @StackTrace(false)
    private static final class CallEvent extends Event {
        @Label("Scope")
        String scope = "";

        @Label("Outcome")
        String outcome = "";

        @Label("Took")
        @Timespan(Timespan.NANOSECONDS)
        long took;
    }

    @Name("tactus.Pause")
    @Label("Call Turned Away")
    @Category({"Tactus", "Pacer"})
    @StackTrace(false)
    private static final class PauseEvent extends Event {
        @Label("Scope")
        String scope = "";

        @Label("Until")
        @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
        long until;
    }

    @Name("tactus.Ceiling")
    @Label("Ceiling Changed")
    @Category({"Tactus", "Pacer"})
    @StackTrace(false)
    private static final class CeilingEvent extends Event {
        @Label("Scope")
        String scope = "";

        @Label("Before")
        String before = "";

        @Label("Now")
        String now = "";
    }
}
