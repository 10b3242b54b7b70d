package dev.tactus.limits.pacing;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Callers who enter a pacer, leave it and give permits back from two threads, one permit being there for all of them.
///
/// Replies are told outside the pacer's lock, so what is checked is not an order of results but what must hold once
/// everything has come to rest: nobody is told twice or after leaving, one permit is out at most, and no permit lies
/// idle while somebody waits.
@Param(name = "caller", gen = IntGen.class, conf = "0:3")
public class PacerInterleavingsTest {
    private static final PacerSettings ONE_A_MINUTE = new PacerSettings(
            List.of(new ScopedLimit("token", new Limit(1, Duration.ofMinutes(1)))),
            List.of(),
            Duration.ofMinutes(1),
            Duration.ofSeconds(2));

    /// One caller, who enters once.
    private static final class Caller {
        private Ticket ticket = () -> false;
        private boolean entered;
        private int gone;
        private int told;
        private int granted;
        private int givenBack;
        private Permit permit = new Permit(outcome -> {});

        synchronized boolean mayEnter() {
            boolean first = !entered;
            entered = true;
            return first;
        }

        synchronized void holds(Ticket place) {
            ticket = place;
        }

        synchronized Ticket ticket() {
            return ticket;
        }

        synchronized void left() {
            gone++;
        }

        synchronized void told(PacerReply reply) {
            told++;
            if (reply instanceof Admission.Granted(Permit given)) {
                granted++;
                permit = given;
            }
        }

        synchronized boolean mayGiveBack() {
            boolean may = granted > givenBack;
            givenBack = granted;
            return may;
        }
    }

    private final ManualTime time = new ManualTime();
    private final Pacer pacer = new Pacer(ONE_A_MINUTE, time, time, time);
    private final List<Caller> callers = List.of(new Caller(), new Caller(), new Caller(), new Caller());

    /// The first holds the permit, the next two wait for it.
    public PacerInterleavingsTest() {
        enter(0);
        enter(1);
        enter(2);
    }

    @Operation
    public void enterLate() {
        enter(3);
    }

    private void enter(int who) {
        Caller caller = callers.get(who);
        if (caller.mayEnter()) {
            caller.holds(pacer.enter(CallRequest.to("/a").by("somebody"), caller::told));
        }
    }

    @Operation
    public void leave(@Param(name = "caller") int who) {
        if (callers.get(who).ticket().leave()) {
            callers.get(who).left();
        }
    }

    @Operation
    public void giveBack(@Param(name = "caller") int who) {
        if (callers.get(who).mayGiveBack()) {
            callers.get(who).permit.unused();
        }
    }

    @Validate
    public void everythingAddsUp() {
        int out = 0;
        int waiting = 0;
        for (Caller caller : callers) {
            require(caller.told + caller.gone <= 1, "told once, or gone once");
            out += caller.granted - caller.givenBack;
            waiting += caller.entered ? 1 - caller.told - caller.gone : 0;
        }
        require(out <= 1, "one permit is out at most");
        require(waiting == 0 || out == 1, "no permit lies idle while somebody waits");
        require(pacer.waiting() == waiting, "who waits stands in line");
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }

    @Tag("slow")
    @Test
    void nobodyIsToldTwiceAndNoPermitIsLost() {
        // The core is only entered under the pacer's lock and has no threads of its own.
        new ModelCheckingOptions()
                .addGuarantee(forClasses(PacerCore.class.getName()).allMethods().treatAsAtomic())
                .iterations(5)
                .invocationsPerIteration(40)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .check(PacerInterleavingsTest.class);
        new StressOptions()
                .iterations(4)
                .invocationsPerIteration(150)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .check(PacerInterleavingsTest.class);
    }
}
