package dev.tactus.limits.metering;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/// How thoroughly classes with a lock or a CAS are checked: random scenarios of two threads, each under many
/// interleavings chosen by the checker, and again under those of the machine.
final class Linearizability {
    private Linearizability() {}

    /// Fails with the interleaving if the public operations of that class are not linearizable.
    static void check(Class<?> operations) {
        new ModelCheckingOptions()
                // a pause is a loop that ends by itself
                .loopBound(2 * SpinLock.PAUSES)
                .iterations(5)
                .invocationsPerIteration(60)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(2)
                .check(operations);
        new StressOptions()
                .iterations(3)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(2)
                .check(operations);
    }
}
