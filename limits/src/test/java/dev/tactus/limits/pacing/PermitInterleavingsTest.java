package dev.tactus.limits.pacing;

import dev.tactus.limits.Alarm;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/// A permit, a blocked thread and an alarm, two threads at a time, under interleavings chosen by the checker.
public class PermitInterleavingsTest {
    private static final int INTERLEAVINGS = 100;

    private static void together(Runnable one, Runnable other) {
        Thread first = new Thread(one);
        Thread second = new Thread(other);
        first.start();
        second.start();
        try {
            first.join();
            second.join();
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    @Test
    void aPermitIsToldAboutOnce() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            AtomicInteger told = new AtomicInteger();
            Permit permit = new Permit(outcome -> told.incrementAndGet());
            together(permit::lost, permit::unused);
            require(told.get() == 1, "one outcome");
        });
    }

    @Test
    void aThreadThatGoesAwayGivesBackThePermitThatComesAfterIt() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            AtomicInteger givenBack = new AtomicInteger();
            AtomicInteger taken = new AtomicInteger();
            BlockedThread blocked = new BlockedThread();
            together(
                    () -> blocked.accept(new Admission.Granted(new Permit(outcome -> givenBack.incrementAndGet()))),
                    () -> {
                        Thread.currentThread().interrupt();
                        try {
                            blocked.await(() -> false);
                            taken.incrementAndGet();
                        } catch (InterruptedException expected) {
                            require(taken.get() == 0, "interrupted or told");
                        }
                    });
            require(givenBack.get() + taken.get() == 1, "the permit is in the caller's hand or given back, once");
        });
    }

    /// An alarm that is set, cleared and closed by several threads never throws; what it rings is checked elsewhere.
    public static class AlarmOperations {
        private final Alarm alarm = Alarm.system(() -> 0);

        @Operation
        public void set(@Param(gen = IntGen.class, conf = "1:5") int minutes) {
            alarm.set(Duration.ofMinutes(minutes).toNanos(), () -> {});
        }

        @Operation
        public void clear() {
            alarm.clear();
        }

        @Operation
        public void close() {
            alarm.close();
        }
    }

    @Test
    void anAlarmThatIsClosedWhileItIsSetThrowsNothing() {
        new StressOptions()
                .iterations(3)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(3)
                .check(AlarmOperations.class);
    }
}
